"""Policies and audit: what may run by itself, changes of it, who did what, who may act here, and the halt button."""

import streamlit as st

from ui.client import ClientError
from ui.console import audit_view, keys_view, people_view, policy_view, session, telling
from ui.schemas.desk import CommentRequest, ReasonRequest


def show() -> None:
    """Policy, audit, people and keys; the halt on top."""
    with st.container(key="title"):
        st.text("Policies and audit")
    telling.part("Everything at a halt?", _halt)
    policy, audit, people, keys = st.tabs(["Policy", "Audit", "People", "Keys"], key="control-tab", on_change="rerun")
    with policy:
        telling.part("The policy in force", policy_view.show)
    with audit:
        telling.part("Who did what", audit_view.trail)
    with people:
        telling.part("Who may act here", people_view.show)
    with keys:
        telling.part("API keys", keys_view.show)


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
