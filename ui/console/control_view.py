"""Policies and audit: what may run by itself, changes of it, who did what, who may act here, and the halt button."""

import streamlit as st

from ui.client import ClientError
from ui.console import audit_view, flat, session, telling
from ui.schemas.desk import AgreeRequest, CommentRequest, PolicyRequest, ReasonRequest, TrialRequest

TRIAL = "policy-trial"
DAYS = 30


def show() -> None:
    """Policy, audit, people and keys; the halt on top."""
    with st.container(key="title"):
        st.text("Policies and audit")
    telling.part("Everything at a halt?", _halt)
    policy, audit, people, keys = st.tabs(["Policy", "Audit", "People", "Keys"])
    with policy:
        telling.part("The policy in force", _policy)
    with audit:
        telling.part("Who did what", audit_view.trail)
    with people:
        telling.part("Who may act here", audit_view.people)
    with keys:
        telling.part("API keys", audit_view.keys)


def _halt() -> None:
    standing = session.client().get_halt()
    if standing.halted:
        st.error("Halted: nothing is carried out, nothing is sent, no agent runs.")
        since = "" if standing.since is None else f" since {telling.moment(standing.since)}"
        st.text(f"By {standing.by}{since}: {standing.reason}")
        st.text_input("What was found out", key="resume-comment", max_chars=2000)
        st.button("Let everything go on", key="resume", on_click=_resume)
        return
    words, way = st.columns([5, 1], vertical_alignment="center")
    words.text("No: plans that people approve are carried out, messages are sent.")
    with way.popover("Halt everything"):
        st.text_input("Why", key="halt-reason", max_chars=2000)
        st.button("Halt now", key="halt", type="primary", on_click=_stop)


def _stop() -> None:
    why = st.session_state.get("halt-reason", "").strip()
    if not why:
        session.remember("bad", "Say why everything is to be halted; nothing was done.")
        return
    try:
        session.client().halt(ReasonRequest(reason=why))
    except ClientError as error:
        session.failed(error, title="Nothing was halted.")
        return
    session.remember("good", "Everything is halted.")


def _resume() -> None:
    try:
        session.client().resume(CommentRequest(comment=st.session_state.get("resume-comment", "").strip()))
    except ClientError as error:
        session.failed(error, title="It is halted still.")
        return
    session.remember("good", "Everything goes on where it stood.")


def _policy() -> None:
    client = session.client()
    current = client.get_policy()
    st.text(f"Version {current.version}, since {telling.moment(current.effective_at)}: {current.reason}")
    for one in current.demoted:
        st.warning("A rule was taken down after a bad outcome.")
        st.text(one)
    if current.waiting is not None:
        _waits()
    told = list(flat.rows(current.policy))
    st.dataframe(
        {"Rule": [name.replace("_", " ") for name, _ in told], "Value": [value for _, value in told]},
        key="policy",
        hide_index=True,
        height=300,
        alt="The rules of the policy in force",
    )
    _change()
    history = client.policy_history(limit=50).items
    with st.expander("Earlier versions"):
        telling.lines(
            *(
                f"{one.version}, {telling.moment(one.effective_at)}: asked by {one.author},"
                f" agreed by {one.agreed_by}: {one.reason}"
                for one in history
            ),
            "" if history else "There are none.",
        )


def _change() -> None:
    with st.form("policy-change", border=True):
        st.text("Change a rule: by its name as above with underscores, first tried on what was proposed lately")
        name, value, why = st.columns([2, 1, 3])
        rule = name.text_input("Rule", key="policy-rule", placeholder="lifetime_hours", max_chars=120)
        to = value.text_input("New value", key="policy-value", max_chars=500)
        reason = why.text_input("Why", key="policy-reason", max_chars=2000)
        trial, ask = st.columns(2)
        tried = trial.form_submit_button(f"Try it on the last {DAYS} days", width="stretch")
        asked = ask.form_submit_button("Ask for it", type="primary", width="stretch")
    if tried:
        _try({rule.strip(): to.strip()})
    if asked:
        _ask({rule.strip(): to.strip()}, reason.strip())


def _try(changes: dict[str, str]) -> None:
    try:
        found = session.client().try_policy(TrialRequest(changes=changes, days=DAYS)).found
    except (ClientError, ValueError) as error:
        telling.trouble("It cannot be tried.", _words(error))
        return
    st.text(f"What would have been otherwise in the last {DAYS} days:")
    told = list(flat.rows(found))
    st.dataframe(
        {"What": [name.replace("_", " ") for name, _ in told], "Value": [value for _, value in told]},
        key=TRIAL,
        hide_index=True,
        alt="What the change would have made of the last proposals",
    )


def _ask(changes: dict[str, str], reason: str) -> None:
    try:
        asked = session.client().ask_for_policy(PolicyRequest(changes=changes, reason=reason))
    except (ClientError, ValueError) as error:
        telling.trouble("It was not asked for.", _words(error))
        return
    session.remember("good", "It waits for another person to agree.", asked.code)
    st.rerun()


def _words(error: ClientError | ValueError) -> str:
    return error.message if isinstance(error, ClientError) else "Name the rule, its new value and why."


def _waits() -> None:
    asked = session.client().waiting_policy()
    with st.container(border=True, key="policy-waits"):
        st.text(f"{asked.asked_by} asks for a change of the policy ({asked.code}):")
        telling.lines(*(f"{name}: {value}" for name, value in flat.rows(asked.asked)))
        st.code(asked.digest, language=None, wrap_lines=True)
        st.text_input("Comment", key="policy-comment", max_chars=2000)
        with st.container(horizontal=True):
            st.button("Agree", key="policy-agree", type="primary", on_click=_answer, args=(asked.digest, True))
            st.button("Refuse", key="policy-refuse", on_click=_answer, args=(asked.digest, False))


def _answer(digest: str, agree: bool) -> None:
    comment = st.session_state.get("policy-comment", "").strip()
    try:
        done = session.client().agree_to_policy(AgreeRequest(digest=digest, agree=agree, comment=comment))
    except ClientError as error:
        session.failed(error, title="Your word was not taken.")
        return
    session.remember("good", "It holds from now on." if done.version else "It was refused; nothing changes.")
