"""Today: what is at risk, what waits for me with its clock, what the agents did, and how fresh all of it is."""

from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas import CaseCard, Inbox
from ui.schemas.approval import ApprovalHead
from ui.schemas.case import ApprovalQuery
from ui.schemas.chat import RunQuery, RunReply
from ui.schemas.supply import TaskAnswer, TaskQuery, TaskReply

NIGHT = timedelta(hours=24)
MOST = 4
OLD_SCAN = timedelta(hours=26)


def show() -> None:
    """One look at the day; nothing is decided here."""
    with st.spinner("Reading the day", show_time=False):
        inbox = session.client().inbox()
    _head(inbox)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        telling.part("Waits for you", lambda: _waiting(inbox))
        telling.part("Most urgent", lambda: _urgent(inbox))
    with right:
        telling.part("The agents, last 24 hours", _agents)
        telling.part("Asked of people", _tasks)
        telling.part("How fresh this is", lambda: _fresh(inbox))


def _head(inbox: Inbox) -> None:
    with st.container(key="title"):
        st.text(f"{inbox.company}, {telling.day(inbox.as_of)}")
    risk, hurt, cases, urgent = st.columns(4)
    risk.metric("Value at risk", telling.money(inbox.value_at_risk, inbox.currency), border=True)
    hurt.metric("Customers hurt", f"{inbox.customers:,}", border=True)
    cases.metric("Open cases", f"{inbox.matching:,}", border=True)
    urgent.metric("To decide by tomorrow", f"{inbox.urgent:,}", border=True)


def _waiting(inbox: Inbox) -> None:
    page = session.client().list_approvals(wanted=ApprovalQuery.model_validate({"state": "pending"}), limit=100)
    mine = [one for one in page.items if one.why_not is None]
    if not mine:
        st.text("No plan waits for your decision.")
        return
    titles = {case.id: case.title for case in inbox.cases}
    for one in mine[:MOST]:
        _plan(one, titles.get(one.case, ""), currency=inbox.currency)
    if len(mine) > MOST or page.next:
        st.caption(f"{len(mine) - MOST:,}{' or more' if page.next else ''} more wait; the inbox lists them.")


def _plan(one: ApprovalHead, title: str, *, currency: str) -> None:
    words, clock, way = _row(f"brief-plan-{one.id}")
    words.text(f"{one.case}: {title}")
    clock.text(f"{telling.money(one.money, currency)}, {telling.span(one.expires_at - session.now())} left")
    way.button("Open", key=f"waiting-{one.id}", on_click=session.open_case, args=(one.case,), width="stretch")


def _urgent(inbox: Inbox) -> None:
    if not inbox.cases:
        st.text("Nothing needs you now.")
    for case in inbox.cases[:MOST]:
        _case(case, currency=inbox.currency)


def _case(case: CaseCard, *, currency: str) -> None:
    words, clock, way = _row(f"brief-case-{case.id}")
    words.text(f"{case.id}: {case.title}")
    clock.text(f"{telling.money(case.exposure, currency)}, {telling.days_left(case.days_left)}")
    way.button("Open", key=f"urgent-{case.id}", on_click=session.open_case, args=(case.id,), width="stretch")


def _row(key: str) -> tuple[DeltaGenerator, DeltaGenerator, DeltaGenerator]:
    with st.container(key=key):
        words, clock, way = st.columns([7, 4, 2], vertical_alignment="center")
    return words, clock, way


def _agents() -> None:
    since = session.now() - NIGHT
    page = session.client().list_runs(wanted=RunQuery(started_since=since), limit=200)
    if not page.items:
        st.text("They did nothing.")
        return
    for graph in sorted({one.graph for one in page.items}):
        runs = [one for one in page.items if one.graph == graph]
        st.text(f"{graph.replace('_', ' ')}: {telling.count(len(runs), 'run', 'runs')} ({_outcomes(runs)})")
    last = max(page.items, key=lambda one: one.started_at)
    st.caption(f"The last began {telling.moment(last.started_at)}.")


def _outcomes(runs: list[RunReply]) -> str:
    ends = sorted({one.outcome or "under way" for one in runs})
    return ", ".join(f"{sum((one.outcome or 'under way') == end for one in runs):,} {end}" for end in ends)


def _tasks() -> None:
    page = session.client().list_tasks(wanted=TaskQuery.model_validate({"state": "open"}), limit=MOST)
    if not page.items:
        st.text("Nothing.")
    for at, one in enumerate(page.items):
        _task(one, at)
    if page.next:
        st.caption("There are more.")


def _task(task: TaskReply, at: int) -> None:
    words, way = st.columns([5, 2], vertical_alignment="center")
    words.text(task.text if task.due is None else f"{task.text} (by {telling.day(task.due)})")
    if task.why_not is not None:
        return
    with way.popover("Answer", width="stretch"):
        note = f"task-note-{at}-{task.subject}"
        st.text_input("Note", key=note, max_chars=2000)
        for word in task.answers:
            key = f"task-{at}-{word}"
            st.button(word.capitalize(), key=key, on_click=_answer, args=(task.subject, word, note))


def _answer(subject: str, word: str, note: str) -> None:
    said = TaskAnswer(subject=subject, answer=word, note=st.session_state.get(note, "").strip())
    try:
        session.client().answer_task(said)
    except ClientError as error:
        session.failed(error, title="The task was not settled.")
        return
    session.remember("good", "Settled.", subject)


def _fresh(inbox: Inbox) -> None:
    client = session.client()
    if client.health().halted:
        st.error("Everything is halted: nothing is carried out and nothing is sent.")
    if inbox.scanned_at is None:
        st.warning("No scan has run yet.")
    else:
        age = session.now() - inbox.scanned_at
        told = f"Last scan {telling.span(age)} ago."
        if age > OLD_SCAN:
            st.warning(told)
        else:
            st.text(told)
    last = client.list_imports(limit=1).items
    st.text(f"Books: {last[0].name}, {telling.moment(last[0].recorded_at)}" if last else "Books: none loaded")
    failed = client.list_hook_messages(state="quarantined", limit=100).items
    if failed:
        st.warning(f"{telling.count(len(failed), 'message', 'messages')} of feeds could not be used.")
    else:
        st.text("Feeds: all messages were used.")
