"""A draft: the source with its words marked, beside it what settles it; below each value with its words and doubts."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from ui.client import ClientError
from ui.console import marked, session, telling
from ui.schemas.desk import (
    ConfirmRequest,
    DraftField,
    DraftHead,
    DraftLineReply,
    DraftReply,
    NamedValue,
    ReasonRequest,
    ValuesRequest,
)

MARKS: Final = {"high": "✓ sure", "review": "? look at it", "low": "✗ not known"}
WORDS: Final = {
    "draft": "a person has to look at some values",
    "asking": "something is missing that only the customer can say",
    "ready": "ready to be confirmed",
    "confirmed": "an order",
    "rejected": "rejected",
    "duplicate": "a repeat of what came before",
    "superseded": "replaced by a later one",
}


def words(head: DraftHead) -> str:
    """Where a draft stands."""
    return WORDS.get(head.state, head.state)


def show(number: str, *, close: Callable[[], None]) -> None:
    """The draft of this number, as it is now."""
    with st.spinner("Reading the draft", show_time=False):
        draft, tag = session.client().get_draft.tagged(number)
    back, title = st.columns([1, 7], vertical_alignment="center")
    back.button("Order entry", key="back-to-entry", on_click=close, width="stretch")
    with title, st.container(key="title"):
        st.text(f"{number}: {words(draft.head)}")
    with st.container(key="facts"):
        st.text(f"From {draft.sender or 'somebody who did not say'}  |  read by {draft.read_by}")
    source, settle = st.columns([3, 2], gap="medium")
    with source:
        telling.part("What was received", lambda: _source(number))
    with settle, st.container(border=True, key="settle"):
        _settle(draft, tag)
    _values(draft)


def _source(number: str) -> None:
    parts = [one for one in session.client().read_letters(number).items if one.pieces]
    if not parts:
        st.text("Nothing of it could be read.")
    for at, part in enumerate(parts):
        if len(parts) > 1:
            st.text(part.source)
        marked.show(part, key=f"source-{number}-{at}")
    st.caption(
        "Green is sure, yellow is to be looked at, red is not known. Point at a mark to see what it was read as."
    )


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
    said_currency = next((one.value for one in draft.fields if one.name == "currency"), None)
    telling.lines(*(_line(line, said_currency or session.currency()) for line in draft.lines))
    for note in draft.notes:
        st.text(f"Note: {note}")


def _why(field: DraftField) -> str:
    found = f"could be {', '.join(field.candidates)}" if field.candidates else ""
    return "; ".join(one for one in (*field.why, found) if one)


def _line(line: DraftLineReply, currency: str) -> str:
    units = "no quantity" if line.units is None else telling.count(line.units, "unit", "units")
    price = "no price" if line.price is None else f"at {telling.price(line.price, currency)} each (our price)"
    day = f"could be there {telling.day(line.day)}" if line.day else line.why_no_day or "no date"
    return f"Line {line.number}: {units}, {price}, {day}."


def _settle(draft: DraftReply, tag: str) -> None:
    head = draft.head
    if head.order:
        st.text(f"Order {head.order}.")
    if not head.open:
        st.text("Nothing is left to do.")
        return
    if draft.questions:
        _doubts(draft, tag)
    elif head.confirmable:
        _clear(draft, tag)
    else:
        st.subheader("No order can come of it as it is", anchor=False)
        st.text(f"It was read as: {head.kind}. Give what is missing, or reject it.")
    _correct(draft, tag)
    with st.popover("Reject"):
        st.text_input("Why no order comes of it", key=f"why-{head.id}", max_chars=2000)
        st.button("Reject the draft", key=f"reject-{head.id}", on_click=_reject, args=(head.id, tag))


def _clear(draft: DraftReply, tag: str) -> None:
    head = draft.head
    unsure = [one.name for one in draft.fields if one.level != "high"]
    unsure += [f"line{line.number}.{one.name}" for line in draft.lines for one in line.fields if one.level != "high"]
    st.subheader("Look at these before you confirm" if unsure else "Everything is clear", anchor=False)
    if unsure:
        st.text(", ".join(unsure))
    if head.repeats:
        st.warning("It repeats what came before.")
        st.text(f"The same as {head.repeats}.")
    meant = bool(head.repeats) and st.checkbox("A second one is meant", key=f"second-{head.id}")
    st.button(
        "Confirm the order",
        key=f"confirm-{head.id}",
        type="primary",
        shortcut="A",
        disabled=bool(head.repeats) and not meant,
        on_click=_confirm,
        args=(head.id, tag, meant),
    )


def _correct(draft: DraftReply, tag: str) -> None:
    head = draft.head
    with st.expander("Correct a value"), st.form(f"correct-{head.id}-{head.version}", border=False):
        name = st.selectbox("Which", draft.settable, key=f"which-{head.id}-{head.version}")
        value = st.text_input("Is", key=f"is-{head.id}-{head.version}", max_chars=500)
        if st.form_submit_button("Take this value"):
            _give(head.id, tag, [(name or "", value)])


def _doubts(draft: DraftReply, tag: str) -> None:
    head = draft.head
    st.subheader(telling.count(len(draft.questions), "thing is not clear", "things are not clear"), anchor=False)
    given: list[tuple[str, str]] = []
    askable = [one for one in draft.questions if one.name in draft.settable]
    telling.lines(*(one.why for one in draft.questions if one.name not in draft.settable))
    with st.form(f"doubts-{head.id}-{head.version}", border=False) if askable else st.container():
        for at, one in enumerate(askable):
            st.text(one.why + (f"\nTheir words: {one.quote}" if one.quote else ""))
            key = f"value-{head.id}-{head.version}-{at}"
            if one.choices:
                value = st.selectbox(telling.label(one.name), ["", *one.choices], key=key, accept_new_options=True)
            else:
                value = st.text_input(telling.label(one.name), key=key, max_chars=500)
            given.append((one.name, value or ""))
        if askable and st.form_submit_button("Take these values", type="primary"):
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
