"""Returns of an order: those a customer asks for are let come or refused, with the reason."""

import streamlit as st

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.supply import ReturnReply, ReturnWord


def show(returns: tuple[ReturnReply, ...]) -> None:
    """Each return, and the word on those that wait for one."""
    if not returns:
        st.text("Nothing was asked to come back.")
    for one in returns:
        with st.container(border=True, key=f"return-{one.number}"):
            st.text(
                f"{one.number}: {one.units:,} units to {one.location}, {one.wish} wanted,"
                f" {one.state.value.replace('_', ' ')} since {telling.moment(one.changed_at)}"
            )
            if one.state == "requested":
                _word(one)


def _word(one: ReturnReply) -> None:
    st.text_input("Why, if it is refused", key=f"return-why-{one.number}", max_chars=2000)
    shown = (one.number, one.version)
    with st.container(horizontal=True):
        st.button("Let it come", key=f"return-yes-{one.number}", type="primary", on_click=_decide, args=(*shown, True))
        st.button("Refuse", key=f"return-no-{one.number}", on_click=_decide, args=(*shown, False))


def _decide(number: str, version: int, agree: bool) -> None:
    why = st.session_state.get(f"return-why-{number}", "").strip()
    if not agree and not why:
        session.remember("bad", "Say why the return is refused; nothing was done.")
        return
    try:
        session.client().decide_return(number, ReturnWord(version=version, agree=agree, why=why))
    except ClientError as error:
        session.failed(error, title="Your word was not taken.")
        return
    session.remember("good", "The goods may come." if agree else "The return is refused.", number)
