"""What the console remembers for one browser tab; every key of the session state is named here."""

import os
from datetime import UTC, datetime
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import streamlit as st

from ui.client import Client, ClientError
from ui.schemas.identity import Me

SERVER_VARIABLE: Final = "EXPEDITER_SERVER"
DEFAULT_SERVER: Final = "http://127.0.0.1:8710"
MAKE_CLIENT: Final = "make_client"
COOKIES: Final = {"https": "__Host-expediter", "http": "expediter"}
TOKEN: Final = "token"  # noqa: S105 - the name of a key
_CLIENT: Final = "client"
_NAME: Final = "name"
_ROLE: Final = "role"
_ZONE: Final = "time-zone"
_CURRENCY: Final = "currency"
_NOTICE: Final = "notice"
_QUESTION: Final = "asked-in-chat"
_SCAN: Final = "scan-asked-at"
_LINK: Final = "link-made"
_SCENARIO: Final = "what-if-parts"
_ONCE: Final = "shown-once"
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


def enter(me: Me) -> None:
    """Remember who signed in, and how times and amounts are shown."""
    st.session_state.update({_NAME: me.name, _ROLE: me.role, _ZONE: me.time_zone, _CURRENCY: me.currency})


def zone() -> str:
    """The time zone that times are shown in."""
    return st.session_state.get(_ZONE, "UTC")


def currency() -> str:
    """The company's currency, of amounts that come without one."""
    return st.session_state.get(_CURRENCY, "")


def who() -> tuple[str, str]:
    """Name and role of the person."""
    return st.session_state[_NAME], st.session_state[_ROLE]


def leave() -> None:
    """Forget the person, what the tab remembers of that person's work, and the token: a cookie that this tab was opened
    with is worth nothing any more."""
    for key in (_CLIENT, _NAME, _ROLE, _ZONE, _CURRENCY, _QUESTION, _SCAN, _LINK, _SCENARIO, _ONCE):
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


def ask_next(question: str) -> None:
    """The chat asks this the next time it is drawn."""
    st.session_state[_QUESTION] = question


def take_question() -> str | None:
    """What the chat is to ask, once."""
    return st.session_state.pop(_QUESTION, None)


def scan_asked(before: datetime | None) -> None:
    """A scan was asked for; `before` is when the last one ran."""
    st.session_state[_SCAN] = (before,)


def waits_for_scan() -> tuple[datetime | None] | None:
    """When the last scan ran as the next one was asked for, in brackets; None where none is waited for."""
    return st.session_state.get(_SCAN)


def scan_done() -> None:
    """No scan is waited for any more."""
    st.session_state.pop(_SCAN, None)


def link_made(order: str, address: str) -> None:
    """A link for a customer that was just made."""
    st.session_state[_LINK] = (order, address)


def made_link(order: str) -> str | None:
    """The address of the link that was last made in this tab, if it is of this order."""
    made_of, address = st.session_state.get(_LINK, ("", ""))
    return address if made_of == order else None


def address_of(path: str) -> str:
    """The whole address of a page of the server this tab came from."""
    here = urlsplit(st.context.url or server())
    return f"{here.scheme}://{here.netloc}{path}"


def shown_once(what: str, text: str) -> None:
    """Something the server tells a single time, kept in this tab until the person has it."""
    st.session_state.setdefault(_ONCE, {})[what] = text


def show_once(what: str, told: str) -> None:
    """Show it with a word on what it is, until the person says that it was copied."""
    text = st.session_state.get(_ONCE, {}).get(what)
    if text is None:
        return
    st.warning(told)
    st.code(text, language=None, wrap_lines=True)
    st.button("I have copied it", key=f"once-{what}", on_click=_copied, args=(what,))


def _copied(what: str) -> None:
    st.session_state.get(_ONCE, {}).pop(what, None)


def scenario() -> list[tuple[str, dict[str, Any]]]:
    """The parts of the scenario that is put together in this tab."""
    return st.session_state.setdefault(_SCENARIO, [])


def close_case() -> None:
    """Back to the page the case was opened from."""
    st.query_params.pop(CASE_PARAMETER, None)


def opened() -> bool:
    """Whether the address asks for anything but the page itself."""
    return bool(st.query_params.to_dict())


def close_all() -> None:
    """Back to the page as it is without what the address asks for."""
    st.query_params.clear()


def chosen_case() -> str | None:
    """The case the address in the browser names."""
    return st.query_params.get(CASE_PARAMETER)


def _real_client() -> Client:
    return Client(server(), token=token(), channel="console")
