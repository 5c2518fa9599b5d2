"""The pages there are, by the words of the bar on top, and the way to a thing by its id."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from ui.console import session


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page: its script, what it is called, and under which word of the bar it stands."""

    script: str
    title: str
    under: str


PLACES: Final = (
    Place(script="today", title="Today", under="Desk"),
    Place(script="inbox", title="Inbox", under="Desk"),
    Place(script="chat", title="Chat", under="Desk"),
    Place(script="orders", title="Orders", under="Orders"),
    Place(script="entry", title="Order entry", under="Orders"),
    Place(script="stock", title="Stock and supply", under="Supply"),
    Place(script="floor", title="Floor", under="Supply"),
    Place(script="scans", title="Scans and what-if", under="Control"),
    Place(script="performance", title="Performance", under="Control"),
    Place(script="control", title="Policies and audit", under="Control"),
)
_OPENS: Final = {"order": ("orders", "order"), "draft": ("entry", "draft"), "item": ("stock", "item")}


def path(script: str) -> str:
    """The file of a page, as Streamlit wants it."""
    return f"app_pages/{script}.py"


def open_page(script: str) -> None:
    """Go to a page as it is without anything opened. Not for callbacks: it ends the run of the page."""
    st.switch_page(path(script))


def can_open(kind: str) -> bool:
    """Whether there is a page that shows such a thing."""
    return kind == "case" or kind in _OPENS


def open_thing(kind: str, identifier: str) -> None:
    """Go to the page that shows it; a case opens where one stands. Not for callbacks: it ends the run of the page."""
    if kind == "case":
        session.open_case(identifier)
        st.rerun()
    script, parameter = _OPENS[kind]
    st.switch_page(path(script), query_params={parameter: identifier})
