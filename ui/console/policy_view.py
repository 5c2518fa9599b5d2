"""The policy as tables: what runs by itself, who must agree, how is negotiated; changed by two people, tried first."""

from typing import Any, Final

import streamlit as st

from ui.client import ClientError
from ui.console import flat, session, telling
from ui.schemas.desk import AgreeRequest, PolicyReply, PolicyRequest, TrialRequest
from ui.schemas.policy import SettingRow

DAYS: Final = 30
LEVELS: Final = {"observe": "only note it", "propose": "put it before people", "act": "do it by the rule"}
_CHANGES = "policy-changes"


def show() -> None:
    """The policy in force, the change that waits, the changes somebody is putting together, and earlier versions."""
    client = session.client()
    current = client.get_policy()
    st.text(f"Version {current.version}, since {telling.moment(current.effective_at)}: {current.reason}")
    for one in current.demoted:
        st.warning("A rule was taken down after a bad outcome.")
        st.text(one)
    if current.waiting is not None:
        _waits()
    _autonomy(current)
    _settings(current)
    _change(current)
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


def _autonomy(current: PolicyReply) -> None:
    rows = current.autonomy
    st.text("What runs by itself, within which limits")
    st.dataframe(
        {
            "Action": [f"{one.action} {one.action_words}" for one in rows],
            "In": [one.of for one in rows],
            "An advised plan": [one.level_words for one in rows],
            f"Up to, {session.currency()}": [
                "" if one.most_money is None else telling.money(one.most_money) for one in rows
            ],
            "Moves a promise by": [
                "" if one.most_days is None else telling.count(one.most_days, "day", "days") for one in rows
            ],
            "Customers of tier": [
                "" if one.customer_tier_from is None else f"{one.customer_tier_from} and below" for one in rows
            ],
            "Who agrees": [f"T{one.tier}" for one in rows],
        },
        key="autonomy",
        hide_index=True,
        height=300,
        alt="What the desk does with each action, and within which limits a rule acts alone",
    )


def _settings(current: PolicyReply) -> None:
    rows = current.settings
    st.text("Limits and bounds")
    st.dataframe(
        {
            "About": [one.about for one in rows],
            "Rule": [one.words for one in rows],
            "Value": [_value(one) for one in rows],
        },
        key="settings",
        hide_index=True,
        height=300,
        alt="Authority limits, caps on rules and negotiation bounds",
    )


def _value(one: SettingRow) -> str:
    if one.unit == "money":
        return f"{telling.amount(one.value)} {session.currency()}".strip()
    return f"{one.value.replace('_', ' ')} {one.unit}".strip()


def _changes() -> dict[str, str]:
    return st.session_state.setdefault(_CHANGES, {})


def _change(current: PolicyReply) -> None:
    st.text("Change it: put the changes together, try them on what was proposed lately, then ask for them")
    rule, value = st.tabs(["An action", "A limit or bound"], key="policy-tab", on_change="rerun")
    with rule:
        _change_action(current)
    with value:
        _change_value(current)
    found = _changes()
    for at, (name, to) in enumerate(found.items()):
        words, way = st.columns([6, 1], vertical_alignment="center")
        words.text(f"{name} becomes {to}")
        way.button("Remove", key=f"policy-part-{at}-{len(found)}", on_click=_drop, args=(name,))
    if not found:
        return
    st.text_input("Why", key="policy-reason", max_chars=2000)
    with st.container(horizontal=True):
        tried = st.button(f"Try it on the last {DAYS} days", key="policy-try")
        st.button("Ask for it", key="policy-ask", type="primary", on_click=_ask)
    if tried:
        _try(dict(found))


def _change_action(current: PolicyReply) -> None:
    by_name = {one.name: one for one in current.autonomy}
    names = {name: f"{one.action} {one.action_words}, {one.of}" for name, one in by_name.items()}
    which, how, money, days, tier, add = st.columns([4, 3, 2, 2, 2, 1], vertical_alignment="bottom")
    name = which.selectbox("Action", list(by_name), key="policy-action", format_func=lambda one: names[one])
    level = how.selectbox("The desk shall", list(LEVELS), key="policy-level", format_func=lambda one: LEVELS[one])
    acts = level == "act"
    most = money.number_input("Up to, money", min_value=0, value=0, step=50, key="policy-money", disabled=not acts)
    moved = days.number_input("Days moved", min_value=0, value=0, step=1, key="policy-days", disabled=not acts)
    least = tier.number_input("Tier from", min_value=1, value=1, step=1, key="policy-tier", disabled=not acts)
    to = f"act:{int(most)}:{int(moved)}:{int(least)}" if acts else str(level)
    add.button("Add", key="policy-add-action", on_click=_add, args=(name, to))


def _change_value(current: PolicyReply) -> None:
    by_name = {one.name: one for one in current.settings}
    words = {name: f"{one.about}: {one.words}" for name, one in by_name.items()}
    which, what, add = st.columns([6, 3, 1], vertical_alignment="bottom")
    name = which.selectbox("Limit or bound", list(by_name), key="policy-rule", format_func=lambda one: words[one])
    to = what.text_input("New value", key="policy-value", max_chars=500)
    add.button("Add", key="policy-add-value", on_click=_add, args=(name, to.strip()))


def _add(name: str | None, to: str) -> None:
    if name is None or not to:
        session.remember("bad", "Say what it should become; nothing was added.")
        return
    _changes()[name] = to


def _drop(name: str) -> None:
    _changes().pop(name, None)


def _try(changes: dict[str, str]) -> None:
    try:
        found = session.client().try_policy(TrialRequest(changes=changes, days=DAYS)).found
    except ClientError as error:
        telling.trouble("It cannot be tried.", error.message)
        return
    st.text(
        f"Of {found['looked_at']:,} proposals in the last {DAYS} days {len(found['changed']):,} would have gone"
        f" otherwise; rules would have done {found['by_rule']:,} alone, {found['regretted']:,} of which people did not"
        " want or did not come out as predicted."
    )
    _otherwise(found["changed"])


def _otherwise(changed: list[dict[str, Any]]) -> None:
    if not changed:
        return
    st.dataframe(
        {
            "Case": [one["case"] for one in changed],
            "What": [one["title"] for one in changed],
            "Commits": [telling.amount(str(one["money"])) for one in changed],
            "Now": [one["before"] for one in changed],
            "Would be": [one["after"] for one in changed],
            "Became": [one["became"] for one in changed],
        },
        key="policy-trial",
        hide_index=True,
        alt="The proposals that would have gone otherwise",
    )


def _ask() -> None:
    why = st.session_state.get("policy-reason", "").strip()
    if not why:
        session.remember("bad", "Say why the policy is to change; nothing was asked for.")
        return
    try:
        asked = session.client().ask_for_policy(PolicyRequest(changes=dict(_changes()), reason=why))
    except ClientError as error:
        session.failed(error, title="It was not asked for.")
        return
    st.session_state[_CHANGES] = {}
    session.remember("good", "It waits for another person to agree.", asked.code)


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
