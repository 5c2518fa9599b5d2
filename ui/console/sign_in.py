"""Who is here: the session the browser brought, or the way to the page where one is begun."""

from typing import Final
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from ui.client import ClientError
from ui.console import session, telling

PAGE: Final = "/auth/sign-in"
UNKNOWN: Final = frozenset({401, 403})


def recognise() -> bool:
    """Whether the browser's session is somebody's; from then on this tab is theirs. A server that is away is told."""
    if session.signed_in():
        return True
    if not session.token():
        return False
    try:
        found = session.client().who_am_i()
    except ClientError as error:
        session.leave()
        if error.status not in UNKNOWN:
            session.remember("bad", "Nobody can be signed in now.", error.message)
        return False
    session.enter(found)
    return True


def show() -> None:
    """The way to the page where a session is begun, and back to where the person was going."""
    _, middle, _ = st.columns([1, 1, 1])
    with middle:
        st.title("Expediter", anchor=False)
        telling.notice()
        st.html(f'<a class="sign-in" href="{PAGE}?next={quote(_here(), safe="")}">Sign in</a>')


def _here() -> str:
    path = urlsplit(st.context.url or "/").path or "/"
    asked = urlencode(st.query_params.to_dict())
    return f"{path}?{asked}" if asked else path
