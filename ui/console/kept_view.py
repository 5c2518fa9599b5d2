"""Views of a list kept under a name: what its filters say, to come back to with one click."""

from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.saved_views import SavedViews, ViewNamed, ViewRequest

_NAME = "view-name"


def show(page: str, *, filters: Sequence[str], switches: Sequence[str] = ()) -> None:
    """The views of a list and a way to keep the one that is shown. `filters` and `switches` are the keys of the fields
    and checkboxes that make a view."""
    with st.popover("Views", width="stretch"):
        telling.part("", lambda: _views(page, (*filters, *switches), switches))


def mark(name: str) -> str:
    """A key for somebody's words, which are no part of a page's own."""
    return sha256(name.encode()).hexdigest()[:16]


def _views(page: str, keys: Sequence[str], switches: Sequence[str]) -> None:
    kept = session.client().list_saved_views(page=page)
    if not kept.items:
        st.text("None is kept yet. Set the filters, give the view a name and keep it.")
    for one in kept.items:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                telling.label(one.name),
                key=f"view-{mark(one.name)}",
                on_click=_open,
                args=(one.query, keys, switches),
                width="stretch",
            )
            st.button(
                "Forget", key=f"forget-{mark(one.name)}", on_click=_forget, args=(page, one.name), type="tertiary"
            )
    st.text_input("Name of the view that is shown now", key=_NAME, max_chars=60)
    st.button("Keep it", key="keep-view", on_click=_keep, args=(page, keys, kept))


def _open(query: str, keys: Sequence[str], switches: Sequence[str]) -> None:
    said = dict(parse_qsl(query))
    for key in keys:
        st.session_state[key] = said.get(key) == "true" if key in switches else said.get(key, "")


def _keep(page: str, keys: Sequence[str], kept: SavedViews) -> None:
    name = st.session_state.get(_NAME, "").strip()
    if not name:
        session.remember("bad", "Give the view a name; nothing was kept.")
        return
    state = {key: st.session_state.get(key) for key in keys}
    query = urlencode({key: "true" if value is True else value for key, value in state.items() if value})
    try:
        session.client().keep_view(ViewRequest.model_validate({"page": page, "name": name, "query": query}))
    except ClientError as error:
        session.failed(error, title="The view was not kept.")
        return
    st.session_state[_NAME] = ""
    again = name in {one.name for one in kept.items}
    session.remember("good", "The view is kept in place of the one before." if again else "The view is kept.", name)


def _forget(page: str, name: str) -> None:
    try:
        session.client().forget_view(ViewNamed.model_validate({"page": page, "name": name}))
    except ClientError as error:
        session.failed(error, title="The view was not forgotten.")
        return
    session.remember("good", "The view is kept no more.", name)
