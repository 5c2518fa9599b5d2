"""Scarce units given out anew: tried on paper, line by line before and after, carried out exactly as shown."""

from typing import Any, Final

import streamlit as st
from pydantic import ValidationError

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas.allocation import CommitRequest, DatedReply, OverrideRequest, RunLineReply, RunReply, RunRequest

RULES: Final = {
    "priority": "by the customers' priority",
    "first-come": "the earliest day wanted first",
    "by-entry": "in the order of entry",
    "proportional": "shared in proportion to what lines want",
    "target": "shared so that all end at the same percent",
    "quota": "shared in proportion to quotas",
}
STRATEGIES: Final = {
    None: "as it is set",
    "win": "must have all on its day",
    "gain": "may only gain",
    "improve": "may only gain, after those before",
    "redistribute": "may gain or lose",
    "fill": "may keep or lose",
    "lose": "gives everything up",
    "skip": "is not touched",
}
_RUN, _SAID = "allocation-run", "allocation-said"


def show(item: str) -> None:
    """The form of a run over an item at a place, and what the last one tried would do."""
    if not item:
        st.info("Name an item above; its open lines at a place can then be given out anew, on paper first.")
        return
    _ask(item)
    run: RunReply | None = st.session_state.get(_RUN)
    if run is not None and run.item == item:
        _run(run)


def _ask(item: str) -> None:
    places = [one.place for one in session.client().available_to_promise(item=item).places]
    if not places:
        st.text("Nothing of it is there or on its way, so there is nothing to give out.")
        return
    where, rule, lot, act = st.columns([2, 3, 1, 1], vertical_alignment="bottom")
    where.selectbox("At", places, key="run-at")
    rule.selectbox("Where there is not enough", list(RULES), key="run-rule", format_func=lambda one: RULES[one])
    lot.number_input("Whole lots of", min_value=1, value=1, step=1, key="run-lot")
    act.button("Try it", key="run-try", type="primary", on_click=_anew, args=(item,), width="stretch")


def _anew(item: str) -> None:
    st.session_state[_SAID] = []
    _simulate(item)


def _simulate(item: str) -> None:
    state = st.session_state
    said: list[dict[str, Any]] = state.get(_SAID, [])
    body = {"item": item, "location": state["run-at"], "rule": state["run-rule"], "lot": int(state["run-lot"])}
    try:
        state[_RUN] = session.client().simulate_run(RunRequest.model_validate({**body, "overrides": said}))
    except ClientError as error:
        state[_SAID] = said[:-1]
        session.failed(error, title="It cannot be tried.")


def _run(run: RunReply) -> None:
    if not run.lines:
        st.text("No open order line waits for it there.")
        return
    changed = sum(one.before != one.after for one in run.lines)
    _table(run, changed)
    for issue in run.issues:
        st.warning("Something cannot be kept; a person has to look at it.")
        st.text(f"{issue.subject}: {issue.problem}, {issue.wanted:,} wanted, {issue.given:,} given")
    if run.committed:
        st.success("Carried out as it was shown.")
        return
    _override(run)
    shown = (run.code, run.digest)
    st.button(
        "Carry it out as shown", key="run-commit", type="primary", disabled=not changed, on_click=_commit, args=shown
    )
    st.caption("Schedules, promises and claims of these lines move together, if it would still do exactly this.")


def _table(run: RunReply, changed: int) -> None:
    gained, lost = sum(one.gained for one in run.lines), sum(one.lost for one in run.lines)
    with st.container(key="strong-run"):
        st.text(
            f"{run.item} at {run.location}, {RULES[run.rule]}: {changed} of"
            f" {telling.count(len(run.lines), 'line', 'lines')} would change, {gained:,} {run.unit} more confirmed,"
            f" {lost:,} fewer."
        )
    st.dataframe(
        {
            "Line": [f"{one.order}/{one.line}" for one in run.lines],
            "Customer": [one.customer_name for one in run.lines],
            f"Open, {run.unit}": [one.open for one in run.lines],
            "Confirmed now": [_dated(one.before) for one in run.lines],
            "Would be": [_dated(one.after) for one in run.lines],
            "More": [one.gained for one in run.lines],
            "Fewer": [one.lost for one in run.lines],
        },
        key=f"run-{run.code}",
        hide_index=True,
        alt="The order lines before and after the run",
    )


def _override(run: RunReply) -> None:
    with st.expander("Say otherwise for one line"), st.form("run-override", border=False, clear_on_submit=True):
        by_name = {f"{one.order}/{one.line}": one for one in run.lines}
        which, how, most, why = st.columns([2, 3, 2, 4], vertical_alignment="bottom")
        name = which.selectbox("Line", list(by_name), key="override-line")
        strategy = how.selectbox("It", list(STRATEGIES), key="override-how", format_func=lambda one: STRATEGIES[one])
        at_most = most.number_input("At most, empty: any", min_value=0, value=None, step=1, key="override-most")
        reason = why.text_input("Why", key="override-why", max_chars=500)
        if not st.form_submit_button("Try it with this"):
            return
    _say_otherwise(run, by_name[name or next(iter(by_name))], strategy, at_most, reason)


def _say_otherwise(run: RunReply, line: RunLineReply, strategy: str | None, at_most: float | None, reason: str) -> None:
    part: dict[str, Any] = {"order": line.order, "line": line.line, "reason": reason, "strategy": strategy}
    part["at_most"] = None if at_most is None else int(at_most)
    try:
        OverrideRequest.model_validate(part)
    except ValidationError:
        telling.trouble("It was not tried.", "Say why the line is to be served otherwise.")
        return
    said = [one for one in st.session_state.get(_SAID, []) if (one["order"], one["line"]) != (line.order, line.line)]
    st.session_state[_SAID] = [*said, part]
    _simulate(run.item)
    st.rerun()


def _commit(code: str, digest: str) -> None:
    try:
        st.session_state[_RUN] = session.client().commit_run(code, CommitRequest(digest=digest))
    except ClientError as error:
        session.failed(error, title="It was not carried out; nothing has changed.")
        return
    session.remember("good", "The lines are confirmed as it was shown.")


def _dated(parts: tuple[DatedReply, ...]) -> str:
    return ", ".join(f"{one.quantity:,} on {telling.day(one.on)}" for one in parts) or "nothing"
