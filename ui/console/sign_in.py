"""Signing in with a name and a password."""

import streamlit as st

from ui.client import ClientError
from ui.console import session, telling


def show() -> None:
    """The form; a refusal is shown above it."""
    _, middle, _ = st.columns([1, 1, 1])
    with middle:
        st.title("Expediter", anchor=False)
        telling.notice()
        with st.form("sign-in"):
            name = st.text_input("Name", key="sign-in-name", autocomplete="username")
            password = st.text_input(
                "Password", key="sign-in-password", type="password", autocomplete="current-password"
            )
            asked = st.form_submit_button("Sign in", key="sign-in-button", type="primary", width="stretch")
        st.caption("The server prints a name and a one-time password when it starts.")
    if asked:
        _sign_in(name.strip(), password)


def _sign_in(name: str, password: str) -> None:
    if not name or not password:
        session.remember("bad", "Give a name and a password.")
    else:
        try:
            reply = session.client().login(name, password)
            session.enter(reply.name, reply.role)
        except ClientError as error:
            session.remember("bad", "You are not signed in.", error.message)
    st.rerun()
