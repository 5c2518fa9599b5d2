"""What every page stands in: who is here, what the last act came to, the case that was opened, and trouble in words."""

from collections.abc import Callable

import streamlit as st

from ui.client import ClientError
from ui.console import case_view, session, telling


def page(draw: Callable[[], None]) -> None:
    """The page, or in its place the case that the address names."""
    _top()
    telling.notice()
    case = session.chosen_case()
    try:
        if case is None:
            draw()
        else:
            case_view.show(case)
    except ClientError as error:
        _cannot_show(error)


def _top() -> None:
    name, role = session.who()
    left, right = st.columns([5, 1], vertical_alignment="center")
    with left, st.container(key="quiet-who"):
        st.text(f"Expediter - signed in as {name}, {role.replace('_', ' ')}")
    right.button("Sign out", key="sign-out", on_click=_sign_out, width="stretch")


def _sign_out() -> None:
    try:
        session.client().logout()
    except ClientError:
        # The token is forgotten here either way; the server drops it when its time has come.
        pass
    session.leave()


def _cannot_show(error: ClientError) -> None:
    if error.status == 401:
        session.failed(error, title="")
        st.rerun()
    telling.trouble("This cannot be shown now.", error.message)
    with st.container(horizontal=True):
        st.button("Try again", key="try-again")
        if session.opened():
            st.button("Back", key="back-after-error", on_click=session.close_all)
