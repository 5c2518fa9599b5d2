"""What a person does with a case before it is decided: take it up, put it aside, put another way out forward."""

from datetime import timedelta

import streamlit as st

from ui.client import ClientError
from ui.console import places, session, telling
from ui.schemas import CaseDetail
from ui.schemas.desk import CaseCommentRequest, ForwardRequest, SnoozeRequest


def show(detail: CaseDetail) -> None:
    """The small buttons below the head of a case."""
    card = detail.card
    with st.container(horizontal=True, vertical_alignment="center", key="case-work"):
        if card.owner != session.who()[0]:
            st.button("Take it", key="take", shortcut="T", on_click=_take, args=(card.id,))
        if detail.next != "decide":
            _aside(detail)
        _another(detail)
        if st.button("Ask about it", key="ask-about", shortcut="Q"):
            session.ask_next(f"show {card.id}")
            places.open_page("chat")
        if card.owner:
            st.text(f"With {card.owner}")


def _aside(detail: CaseDetail) -> None:
    case, tomorrow = detail.card.id, detail.as_of + timedelta(days=1)
    with st.popover("Put aside"):
        day = st.date_input("Until", value=tomorrow, min_value=detail.as_of, key=f"until-{case}")
        st.text_input("Why", key=f"aside-{case}", max_chars=2000)
        st.button("Put it aside", key="snooze", on_click=_snooze, args=(case, day.isoformat()))


def _another(detail: CaseDetail) -> None:
    waits = detail.approval if detail.approval is not None and detail.approval.open else None
    others = [one for one in detail.options if waits is None or one.id != waits.option]
    if not others or detail.next not in {"decide", "resolve"}:
        return
    with st.popover("Put another way out forward"):
        by_letter = {one.letter: one for one in others}
        letter = st.selectbox(
            "Way out",
            list(by_letter),
            key=f"another-{detail.card.id}",
            format_func=lambda one: f"{one}. {by_letter[one].title}",
        )
        st.text_input("Why", key=f"forward-{detail.card.id}", max_chars=2000)
        shown = ("", "") if waits is None else (waits.id, waits.plan_hash)
        chosen = by_letter[letter].id
        st.button("Put it forward", key="forward", on_click=_forward, args=(detail.card.id, chosen, *shown))
        st.caption("The plan that waits is withdrawn; people decide on this one instead.")


def _take(case: str) -> None:
    try:
        session.client().take_case(case)
    except ClientError as error:
        session.failed(error, title="The case was not taken.")
        return
    session.remember("good", "You have the case.")


def _snooze(case: str, until: str) -> None:
    why = st.session_state.get(f"aside-{case}", "").strip()
    if not why:
        session.remember("bad", "Say why the case is put aside; nothing was done.")
        return
    try:
        session.client().snooze_case(case, SnoozeRequest.model_validate({"until": until, "reason": why}))
    except ClientError as error:
        session.failed(error, title="The case was not put aside.")
        return
    session.close_case()
    session.remember("good", "Put aside. It comes back on its day, or when a scan finds more at stake.")


def _forward(case: str, option: str, approval: str, plan_hash: str) -> None:
    why = st.session_state.get(f"forward-{case}", "").strip()
    wanted = ForwardRequest(option=option, reason=why, instead_of=approval or None, plan_hash=plan_hash)
    try:
        made = session.client().put_forward(case, wanted)
    except ClientError as error:
        session.failed(error, title="It was not put forward.")
        return
    session.remember("good", "It waits for a decision now.", telling.short(made.plan_hash))


def comments(detail: CaseDetail) -> None:
    """What people said to each other about the case, and a field to say more."""
    if not detail.comments:
        st.text("Nobody said anything yet. Who works on the case reads it here; no agent does.")
    for one in detail.comments:
        with st.container(border=True, gap=None):
            st.caption(telling.label(f"{one.author}, {telling.moment(one.said_at)}"))
            st.text(one.text)
    case = detail.card.id
    st.text_area("Say something about this case", key=f"say-{case}", max_chars=2000, height=80)
    st.button("Say it", key="say", on_click=_say, args=(case,))


def _say(case: str) -> None:
    key = f"say-{case}"
    text = st.session_state.get(key, "").strip()
    if not text:
        session.remember("bad", "There is nothing said yet; nothing was kept.")
        return
    try:
        session.client().comment_on_case(case, CaseCommentRequest(text=text))
    except ClientError as error:
        session.failed(error, title="It was not kept.")
        return
    st.session_state[key] = ""
    session.remember("good", "Said. It stays with the case.")
