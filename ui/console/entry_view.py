"""Order entry: paste or drop what came in, see each value beside the words it came from, settle the doubts, confirm."""

from typing import Final

import streamlit as st

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.desk import (
    ConfirmRequest,
    DraftField,
    DraftLineReply,
    DraftQuery,
    DraftReply,
    LetterRequest,
    NamedValue,
    ReasonRequest,
    ValuesRequest,
)

PARAMETER: Final = "draft"
KINDS: Final = ("eml", "txt", "csv", "xlsx", "pdf", "edi", "xml", "x12", "edifact")
MARKS: Final = {"high": "✓ sure", "review": "? look at it", "low": "✗ not known"}
OPEN: Final = frozenset({"draft", "asking", "ready"})
WORDS: Final = {
    "draft": "a person has to look at some values",
    "asking": "something is missing that only the customer can say",
    "ready": "ready to be confirmed",
    "confirmed": "an order",
    "rejected": "rejected",
    "duplicate": "a repeat of what came before",
    "superseded": "replaced by a later one",
}


def show() -> None:
    """The draft the address names, or where one begins."""
    draft = st.query_params.get(PARAMETER)
    if draft is None:
        _begin()
    else:
        _draft(draft)


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
    client = session.client()
    found = [
        one
        for state in sorted(OPEN)
        for one in client.list_drafts(wanted=DraftQuery.model_validate({"state": state}), limit=20).items
    ]
    if not found:
        st.text("None. What you paste, and mails that come in, become drafts here.")
    for one in found:
        words, way = st.columns([5, 1], vertical_alignment="center")
        who = one.customer or "customer not known"
        words.text(f"{one.id}: {who}, {telling.count(one.lines, 'line', 'lines')}\n{WORDS[one.state]}")
        way.button("Open", key=f"open-{one.id}", on_click=_open, args=(one.id,), width="stretch")


def _open(draft: str) -> None:
    st.query_params[PARAMETER] = draft


def _close() -> None:
    st.query_params.pop(PARAMETER, None)


def _draft(number: str) -> None:
    with st.spinner("Reading the draft", show_time=False):
        draft, tag = session.client().get_draft.tagged(number)
    back, title = st.columns([1, 7], vertical_alignment="center")
    back.button("Order entry", key="back-to-entry", icon="⬅️", on_click=_close, width="stretch")
    with title, st.container(key="title"):
        st.text(f"{number}: {WORDS.get(draft.head.state, draft.head.state)}")
    with st.container(key="facts"):
        st.text(f"From {draft.sender or 'somebody who did not say'}  |  read by {draft.read_by}")
    values, settle = st.columns([3, 2], gap="medium")
    with values:
        _values(draft)
    with settle, st.container(border=True, key="settle"):
        _settle(draft, tag)


def _values(draft: DraftReply) -> None:
    rows = [("", field) for field in draft.fields]
    rows += [(f"line{line.number}.", field) for line in draft.lines for field in line.fields]
    said = [(prefix, one) for prefix, one in rows if one.value is not None or one.quote or one.why]
    st.subheader("What was read, beside the words it came from", anchor=False)
    st.dataframe(
        {
            "Value of": [f"{prefix}{one.name}" for prefix, one in said],
            "Read as": [one.value or "" for _, one in said],
            "Sure": [MARKS.get(one.level, one.level) for _, one in said],
            "Their words": [one.quote for _, one in said],
            "Why": [_why(one) for _, one in said],
        },
        key=f"values-{draft.head.id}-{draft.head.version}",
        hide_index=True,
        alt=f"The values of {draft.head.id} beside the words they came from",
    )
    telling.lines(*(_line(line) for line in draft.lines))
    for note in draft.notes:
        st.text(f"Note: {note}")


def _why(field: DraftField) -> str:
    found = f"could be {', '.join(field.candidates)}" if field.candidates else ""
    return "; ".join(one for one in (*field.why, found) if one)


def _line(line: DraftLineReply) -> str:
    units = "no quantity" if line.units is None else telling.count(line.units, "unit", "units")
    price = "no price" if line.price is None else f"at {line.price:,} each (our price)"
    day = f"could be there {telling.day(line.day)}" if line.day else line.why_no_day or "no date"
    return f"Line {line.number}: {units}, {price}, {day}."


def _settle(draft: DraftReply, tag: str) -> None:
    head = draft.head
    if head.order:
        st.text(f"Order {head.order}.")
    if head.state not in OPEN:
        st.text("Nothing is left to do.")
        return
    if draft.questions:
        _doubts(draft, tag)
    else:
        st.subheader("Everything is clear", anchor=False)
        if head.repeats:
            st.warning("It repeats what came before.")
            st.text(f"The same as {head.repeats}.")
        meant = bool(head.repeats) and st.checkbox("A second one is meant", key=f"second-{head.id}")
        st.button(
            "Confirm the order",
            key=f"confirm-{head.id}",
            type="primary",
            shortcut="A",
            on_click=_confirm,
            args=(head.id, tag, meant),
        )
    with st.popover("Reject"):
        st.text_input("Why no order comes of it", key=f"why-{head.id}", max_chars=2000)
        st.button("Reject the draft", key=f"reject-{head.id}", on_click=_reject, args=(head.id, tag))


def _doubts(draft: DraftReply, tag: str) -> None:
    head = draft.head
    st.subheader(telling.count(len(draft.questions), "thing is not clear", "things are not clear"), anchor=False)
    given: list[tuple[str, str]] = []
    with st.form(f"doubts-{head.id}-{head.version}", border=False):
        for at, one in enumerate(draft.questions):
            name = f"line{one.line}.{one.about}" if one.line is not None else one.about
            st.text(one.why + (f"\nTheir words: {one.quote}" if one.quote else ""))
            key = f"value-{head.id}-{head.version}-{at}"
            if one.choices:
                value = st.selectbox(name, ["", *one.choices], key=key, accept_new_options=True)
            else:
                value = st.text_input(name, key=key, max_chars=500)
            given.append((name, value or ""))
        if st.form_submit_button("Take these values", type="primary"):
            _give(head.id, tag, given)
    st.button("Ask the customer", key=f"ask-{head.id}", on_click=_ask, args=(head.id, tag))
    st.caption("One mail to the address on file asks for all of it.")


def _give(draft: str, tag: str, given: list[tuple[str, str]]) -> None:
    values = tuple(NamedValue(name=name, value=value.strip()) for name, value in given if value.strip())
    if not values:
        telling.trouble("No value was given.", "Fill in at least one of them.")
        return
    try:
        session.client().set_draft_values(draft, ValuesRequest(values=values), match=tag)
    except ClientError as error:
        session.failed(error, title="The values were not taken.")
    st.rerun()


def _ask(draft: str, tag: str) -> None:
    try:
        session.client().ask_customer(draft, match=tag)
    except ClientError as error:
        session.failed(error, title="The customer was not asked.")
        return
    session.remember("good", "The customer is asked; the answer comes back to this draft.")


def _confirm(draft: str, tag: str, second_meant: bool) -> None:
    try:
        done = session.client().confirm_draft(draft, ConfirmRequest(second_meant=second_meant), match=tag)
    except ClientError as error:
        session.failed(error, title="No order was made.")
        return
    if done.order is None:
        session.remember("good", "It was said as a change of the order.", done.why)
    elif done.promised:
        session.remember("good", "The order is in the books, promised and acknowledged.", done.order)
    else:
        session.remember("good", "The order is in the books; it is not promised yet.", f"{done.order}: {done.why}")


def _reject(draft: str, tag: str) -> None:
    why = st.session_state.get(f"why-{draft}", "").strip()
    if not why:
        session.remember("bad", "Say why no order comes of it; nothing was done.")
        return
    try:
        session.client().reject_draft(draft, ReasonRequest(reason=why), match=tag)
    except ClientError as error:
        session.failed(error, title="The draft was not rejected.")
        return
    session.remember("good", "Rejected. What was received is kept.")
