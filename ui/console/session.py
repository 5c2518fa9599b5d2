"""What the console remembers for one browser tab; every key of the session state is named here."""

import os
from datetime import UTC, datetime
from typing import Final, Literal

import streamlit as st

from ui.client import Client, ClientError

SERVER_VARIABLE: Final = "EXPEDITER_SERVER"
DEFAULT_SERVER: Final = "http://127.0.0.1:8710"
MAKE_CLIENT: Final = "make_client"
COOKIES: Final = {"https": "__Host-expediter", "http": "expediter"}
TOKEN: Final = "token"  # noqa: S105 - the name of a key
_CLIENT: Final = "client"
_NAME: Final = "name"
_ROLE: Final = "role"
_NOTICE: Final = "notice"
_GENERATION: Final = "generation"
CASE_PARAMETER: Final = "case"
NOW: Final = "now"
CONVERSATION: Final = "conversation"
Tone = Literal["good", "bad"]


def server() -> str:
    """The address of the API, from the environment."""
    return os.environ.get(SERVER_VARIABLE, DEFAULT_SERVER)


def token() -> str:
    """The token of the session that the browser brought as a cookie when it opened this tab; none is an empty text.
    Over TLS only the cookie counts that no other host can have set."""
    if TOKEN not in st.session_state:
        scheme = (st.context.url or "http").partition(":")[0]
        st.session_state[TOKEN] = st.context.cookies.get(COOKIES.get(scheme, ""), "")
    return st.session_state[TOKEN]


def now() -> datetime:
    """The time on the clock of this edge, for ages and clocks that are shown and for nothing else."""
    return st.session_state.get(NOW) or datetime.now(UTC)


def client() -> Client:
    """This tab's client, with the token of the person who signed in."""
    if _CLIENT not in st.session_state:
        make = st.session_state.get(MAKE_CLIENT, _real_client)
        st.session_state[_CLIENT] = make()
    return st.session_state[_CLIENT]


def signed_in() -> bool:
    """Whether somebody has signed in in this tab."""
    return _NAME in st.session_state


def enter(name: str, role: str) -> None:
    """Remember who signed in."""
    st.session_state[_NAME] = name
    st.session_state[_ROLE] = role


def who() -> tuple[str, str]:
    """Name and role of the person."""
    return st.session_state[_NAME], st.session_state[_ROLE]


def leave() -> None:
    """Forget the person and the token: a cookie that this tab was opened with is worth nothing any more."""
    for key in (_CLIENT, _NAME, _ROLE):
        st.session_state.pop(key, None)
    st.session_state[TOKEN] = ""


def remember(tone: Tone, title: str, text: str = "") -> None:
    """A notice for the next time the page is drawn. `title` is our own words, `text` may be anybody's."""
    st.session_state[_NOTICE] = (tone, title, text)


def take_notice() -> tuple[Tone, str, str] | None:
    """The notice to show, once."""
    return st.session_state.pop(_NOTICE, None)


def failed(error: ClientError, *, title: str) -> None:
    """Remember a refusal; when the session has ended, the person has to sign in again."""
    if error.status == 401:
        leave()
        remember("bad", "Your session has ended. Sign in again.")
    else:
        remember("bad", title, error.message)


def grid_key(*parts: str, name: str = "inbox") -> str:
    """A key for a grid that shows exactly these ids: with other ids, or after one was opened, it is another grid.

    Streamlit keeps a grid's selection by row position under its key, so a key must never outlive its rows.
    """
    generation = st.session_state.get(_GENERATION, 0)
    return f"{name}-{generation}-{'|'.join(parts)}"


def open_case(case: str) -> None:
    """Show a case; the address in the browser names it."""
    opened_one()
    st.query_params[CASE_PARAMETER] = case


def opened_one() -> None:
    """Grids that are drawn from now on have nothing selected."""
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1


def conversation() -> str | None:
    """The conversation this tab goes on with; the address names it."""
    return st.query_params.get(CONVERSATION)


def talk_on(talk: str) -> None:
    """Go on with a conversation."""
    st.query_params[CONVERSATION] = talk


def forget_conversation() -> None:
    """The next question begins another one."""
    st.query_params.pop(CONVERSATION, None)


def close_case() -> None:
    """Back to the page the case was opened from."""
    st.query_params.pop(CASE_PARAMETER, None)


def chosen_case() -> str | None:
    """The case the address in the browser names."""
    return st.query_params.get(CASE_PARAMETER)


def _real_client() -> Client:
    return Client(server(), token=token(), channel="console")
