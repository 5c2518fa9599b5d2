"""The chat: questions in plain words, answers as they come, what they rest on, and what they put before people."""

from collections.abc import Iterator
from typing import Any, Final

import streamlit as st

from ui.client import ClientError
from ui.console import charts, places, session, telling
from ui.schemas.chat import ConversationDetail, MessageRequest, TurnReply

SUGGESTED: Final = (
    "What is wrong today?",
    "Which orders are late?",
    "What waits for my decision?",
    "How are we doing?",
)
ANSWER_SECONDS: Final = 300
ENDS: Final = frozenset({"answered", "failed"})


def show() -> None:
    """The conversation of this tab: its turns, then what is asked now."""
    left, right = st.columns([6, 1], vertical_alignment="center")
    with left, st.container(key="title"):
        st.text("Chat")
    right.button("New", key="new-chat", on_click=session.forget_conversation, width="stretch")
    talk = session.conversation()
    turns = () if talk is None else _talk(talk).turns
    for turn in turns:
        _turn(turn)
    if not turns:
        _suggest()
    said = st.chat_input(
        "Ask about orders, stock, supply and cases", key="question", max_chars=4000, submit_mode="stop"
    )
    question = said or session.take_question()
    if question:
        _ask(str(question).strip())


def _talk(talk: str) -> ConversationDetail:
    return session.client().get_conversation(talk)


def _suggest() -> None:
    st.text("Ask in plain words. Numbers come from the books; a change becomes a plan that waits for people.")
    with st.container(horizontal=True):
        for at, text in enumerate(SUGGESTED):
            st.button(text, key=f"suggested-{at}", on_click=session.ask_next, args=(text,))


def _ask(question: str) -> None:
    if not question:
        return
    client = session.client()
    with st.chat_message("user"):
        st.text(question)
    with st.chat_message("assistant"):
        place = st.empty()
        try:
            talk = session.conversation() or client.begin_conversation().id
            session.talk_on(talk)
            taken = client.ask(talk, MessageRequest(text=question))
            ended = _listen(talk, taken.after, place)
        except ClientError as error:
            telling.trouble("No answer came.", error.message)
            return
    if ended == "answered":
        st.rerun()


def _listen(talk: str, after: int, place: Any) -> str:
    """Show words as they come. Stopping ends this run of the page; the answer is kept and there at the next look."""
    heard = ""
    with place, st.spinner("Looking"):
        for kind, data in _events(talk, after):
            if kind == "words":
                heard += str(data.get("text", ""))
                place.text(heard)
            elif kind == "failed":
                telling.trouble("No answer came.", str(data.get("message", "")))
            if kind in ENDS:
                return kind
    telling.trouble("No answer came.", "It took too long; ask again.")
    return "failed"


def _events(talk: str, after: int) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in session.client().follow_conversation(talk, after=after, wait=ANSWER_SECONDS):
        yield one.kind, dict(one.data)


def _turn(turn: TurnReply) -> None:
    person = turn.speaker == "person"
    with st.chat_message("user" if person else "assistant"):
        st.text(turn.text)
        if person:
            return
        for at, table in enumerate(turn.data.get("tables") or ()):
            _table(table, key=f"table-{turn.number}-{at}")
        for at, chart in enumerate(turn.data.get("charts") or ()):
            _chart(chart, key=f"chart-{turn.number}-{at}")
        if turn.data.get("proposal"):
            with st.container(border=True, key=f"proposal-{turn.number}"):
                st.text(f"{turn.data['proposal']} waits for people. Nothing has happened yet.")
        _cites(turn)
        st.caption("Answered by rules." if turn.source == "rules" else "Worded by a model, numbers from the books.")


def _table(table: dict[str, Any], *, key: str) -> None:
    columns, rows = table["columns"], table["rows"]
    amounts = set(table.get("amounts") or ())
    st.text(str(table["title"]))
    st.dataframe(
        {
            name: [_amount(row[at]) if name in amounts else _cell(row[at]) for row in rows]
            for at, name in enumerate(columns)
        },
        key=key,
        hide_index=True,
        alt=str(table["title"]),
    )


def _cell(value: object) -> object:
    return "" if value is None else value


def _amount(value: object) -> str:
    try:
        return telling.amount(str(value))
    except ArithmeticError:
        return "" if value is None else str(value)


def _chart(chart: dict[str, Any], *, key: str) -> None:
    series = {
        str(one["name"]): [(str(point["on"]), float(point["value"])) for point in one["points"]]
        for one in chart.get("series") or ()
    }
    charts.steps(str(chart["title"]), str(chart.get("unit") or ""), series, key=key)


def _cites(turn: TurnReply) -> None:
    opened = [cite.partition(":") for cite in turn.cites]
    shown = [(kind, identifier) for kind, _, identifier in opened if identifier and places.can_open(kind)]
    with st.container(horizontal=True, key=f"cites-{turn.number}"):
        for kind, identifier in shown[:12]:
            if st.button(telling.label(identifier), key=f"cite-{turn.number}-{kind}-{identifier}"):
                places.open_thing(kind, identifier)
