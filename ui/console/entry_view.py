"""Order entry: paste or drop what came in, and the drafts that wait for a person."""

from typing import Final

import streamlit as st

from ui.client import ClientError
from ui.console import draft_view, session, telling
from ui.schemas.desk import DraftQuery, LetterRequest

PARAMETER: Final = "draft"
MOST: Final = 20
KINDS: Final = ("eml", "txt", "csv", "xlsx", "pdf", "edi", "xml", "x12", "edifact")


def show() -> None:
    """The draft the address names, or where one begins."""
    draft = st.query_params.get(PARAMETER)
    if draft is None:
        _begin()
    else:
        draft_view.show(draft, close=_close)


def _begin() -> None:
    with st.container(key="title"):
        st.text("Order entry")
    left, right = st.columns([3, 2], gap="medium")
    with left, st.form("letter", border=False):
        text = st.text_area("Paste a mail", key="letter-text", height=220, max_chars=20_000)
        file = st.file_uploader("or drop a mail, PDF, sheet or EDI file", type=KINDS, key="letter-file")
        if st.form_submit_button("Read the order", type="primary"):
            _take_in(text, None if file is None else (file.name, file.getvalue()))
    with right:
        telling.part("Drafts that wait", _waiting)


def _take_in(text: str, file: tuple[str, bytes] | None) -> None:
    if file is None and not text.strip():
        telling.trouble("There is nothing to read.", "Paste the words of the order, or drop its file.")
        return
    client = session.client()
    try:
        with st.spinner("Reading the order"):
            found = (
                client.take_in_letter(LetterRequest(text=text))
                if file is None
                else client.take_in_file(file[1], name=file[0])
            )
    except ClientError as error:
        session.failed(error, title="It could not be read; nothing was kept of it.")
        st.rerun()
    st.query_params[PARAMETER] = found.head.id
    st.rerun()


def _waiting() -> None:
    page = session.client().list_drafts(wanted=DraftQuery(open=True), limit=MOST)
    if not page.items:
        st.text("None. What you paste, and mails that come in, become drafts here.")
    for one in page.items:
        words, way = st.columns([5, 1], vertical_alignment="center")
        who = one.customer or "customer not known"
        words.text(f"{one.id}: {who}, {telling.count(one.lines, 'line', 'lines')}\n{draft_view.words(one)}")
        way.button("Open", key=f"open-{one.id}", on_click=_open, args=(one.id,), width="stretch")
    if page.next:
        st.caption(f"The newest {MOST} are listed.")


def _open(draft: str) -> None:
    st.query_params[PARAMETER] = draft


def _close() -> None:
    st.query_params.pop(PARAMETER, None)
