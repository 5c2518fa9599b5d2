"""Scans: run one now, what the last ones found, and what changed between two of them."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.client import ClientError
from ui.console import flat, session, telling, what_if_view
from ui.schemas.desk import ScanRecord, ScanReply

PAGE = 50


def show() -> None:
    """The scans, and scenarios tried on the books."""
    with st.container(key="title"):
        st.text("Scans and what-if")
    scans, scenario = st.tabs(["Scans", "What if"], key="scans-tab", on_change="rerun")
    if scenario.open:
        with scenario:
            what_if_view.show()
    else:
        with scans:
            _scans()


def _scans() -> None:
    """The last scan, the button for the next, and the history."""
    client = session.client()
    last = _last()
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left, st.container(key="facts"):
        st.text(_told(last))
    right.button("Scan now", key="scan-now", type="primary", shortcut="S", on_click=_ask, width="stretch")
    if session.waits_for_scan() is not None:
        _follow()
    telling.part("", _schedule)
    page = client.list_scans(limit=PAGE)
    if not page.items:
        st.info("No scan has run yet. A scan looks through the books for promises that will not be kept.")
        return
    _history(page.items)
    if len(page.items) > 1:
        telling.part("Between two scans", lambda: _between(page.items))


def _schedule() -> None:
    """When the next ones run by themselves; what is missed is said."""
    found = session.client().scan_schedule()
    told = ", ".join(
        f"{'all books' if one.whole else 'what changed'} {telling.moment(one.next_at)}" for one in found.turns
    )
    st.text(f"By themselves next: {told}. A worker runs them; the times are the program's own.")
    if found.halted:
        st.warning("Everything is halted; no scan runs until it goes on.")
    elif found.missed:
        st.warning("A scan was due and none has run. Is a worker running?")


def _last() -> ScanReply | None:
    try:
        return session.client().last_scan()
    except ClientError as error:
        if error.status == 404:
            return None
        raise


def _told(last: ScanReply | None) -> str:
    if last is None:
        return "No scan has run yet."
    cases = sum(last.open_cases.values())
    age = telling.span(session.now() - last.at)
    return f"Last scan {age} ago, for {telling.day(last.as_of)}: {telling.count(cases, 'open case', 'open cases')}."


def _ask() -> None:
    last = _last()
    try:
        session.client().ask_for_scan()
    except ClientError as error:
        session.failed(error, title="No scan was asked for.")
        return
    session.scan_asked(None if last is None else last.at)


@st.fragment(run_every="1s")
def _follow() -> None:
    """Look whether the scan is done; the page can be left meanwhile."""
    last = _last()
    (before,) = session.waits_for_scan() or (None,)
    if last is not None and (before is None or last.at > before):
        session.scan_done()
        session.remember("good", "The scan is done.")
        st.rerun()
    st.info("The scan runs. You can leave this page; what it finds is in the inbox.")


def _history(scans: tuple[ScanRecord, ...]) -> None:
    st.dataframe(
        {
            "Scan": [one.number for one in scans],
            "At": [telling.moment(one.recorded_at) for one in scans],
            "For": [telling.day(one.as_of) for one in scans],
            **{
                name: [_plain(one.figures.get(key)) for one in scans]
                for key, name in _figures(scans[0].figures).items()
            },
        },
        key="scans",
        hide_index=True,
        height=260,
        alt="The last scans and what they counted",
    )


def _figures(figures: Mapping[str, Any]) -> dict[str, str]:
    return {key: key.replace("_", " ").capitalize() for key, value in figures.items() if not isinstance(value, dict)}


def _plain(value: object) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _between(scans: tuple[ScanRecord, ...]) -> None:
    numbers = [one.number for one in scans]
    by_number = {one.number: one for one in scans}
    left, right = st.columns(2)
    older = left.selectbox("From scan", numbers, index=1, key="scan-from") or numbers[1]
    newer = right.selectbox("to scan", numbers, index=0, key="scan-to") or numbers[0]
    before, after = dict(flat.rows(by_number[older].figures)), dict(flat.rows(by_number[newer].figures))
    changed = [name for name in sorted(before | after) if before.get(name) != after.get(name)]
    if not changed:
        st.text("Both counted the same.")
        return
    st.dataframe(
        {
            "What": [name.replace("_", " ") for name in changed],
            "Before": [before.get(name, "") for name in changed],
            "After": [after.get(name, "") for name in changed],
        },
        key="scan-differences",
        hide_index=True,
        alt="What two scans counted differently",
    )
