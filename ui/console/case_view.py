"""One case: what happened and why, how far it is, the ways out side by side, and what each would change."""

import streamlit as st

from ui.console import case_work_view, decision_view, figure_view, option_view, session, telling
from ui.schemas import Approval, CaseDetail, Impact, Step

_MARKS = {"done": "✓", "now": "●", "later": "○", "failed": "✗"}


def show(case: str) -> None:
    """The whole page of a case."""
    with st.spinner("Reading the case", show_time=False):
        detail = session.client().case(case)
    _head(detail)
    case_work_view.show(detail)
    _steps(detail.steps)
    if detail.failure is not None and detail.next != "wait":
        telling.trouble("The desk could not go on with this case.", detail.failure.message)
    left, right = st.columns([3, 2])
    with left:
        _what_happened(detail)
        if detail.options:
            option_view.side_by_side(detail)
    with right:
        decision_view.show(detail)
    _tabs(detail)
    if detail.next in {"wait", "continue"}:
        _follow(case, detail.next)


@st.fragment(run_every="2s")
def _follow(case: str, seen: str) -> None:
    """Look again now and then; also while the case waits for the desk, which tends all cases by itself."""
    if session.client().case(case).next != seen:
        st.rerun()
    st.caption("This page follows the case by itself.")


def _head(detail: CaseDetail) -> None:
    card = detail.card
    back, title = st.columns([1, 7], vertical_alignment="center")
    back.button("Back", key="back", on_click=session.close_case, width="stretch")
    with title, st.container(key="title"):
        st.text(f"{card.id}: {card.title}")
    facts = [
        card.type_words,
        f"{telling.money(card.exposure, detail.currency)} at risk",
        telling.count(card.lines, "order line", "order lines"),
        telling.count(card.customers_total, "customer", "customers"),
        f"needed {telling.day(card.needed_by)}",
        "no deadline known" if card.deadline is None else _deadline(detail),
    ]
    with st.container(key="facts"):
        st.text("  |  ".join(facts))


def _deadline(detail: CaseDetail) -> str:
    return f"decide by {telling.day(detail.card.deadline)} ({telling.days_left(detail.card.days_left)})"


def _steps(steps: tuple[Step, ...]) -> None:
    for place, step in zip(st.columns(len(steps)), steps, strict=True):
        with place, st.container(border=True, gap=None, height="stretch"):
            with st.container(key=f"strong-{step.name}"):
                st.text(f"{_MARKS[step.state]} {step.name.capitalize()}")
            if step.text:
                st.text(step.text)


def _what_happened(detail: CaseDetail) -> None:
    st.subheader("What happened and why", anchor=False)
    if not detail.impacts:
        st.text("No open order line is hurt yet.")
        return
    worst = detail.impacts[0]
    with st.container(key="strong-worst"):
        st.text(_line(worst))
    telling.lines(*(f"{'   ' * depth}> {step.subject}: {step.text}" for depth, step in enumerate(worst.why)))
    more = detail.card.lines - 1
    if more:
        st.caption(f"The line that is hurt most; {telling.count(more, 'more line', 'more lines')} below.")
    if detail.fixes:
        st.text(f"What would fix it: {'; '.join(detail.fixes)}")


def _line(impact: Impact) -> str:
    when = f"{impact.short:,} not covered" if impact.short else f"{impact.days_late} days late"
    return (
        f"{impact.customer_name} waits for {impact.quantity:,} {impact.item} (order {impact.order} line {impact.line}),"
        f" promised for {telling.day(impact.due)}: {when}"
    )


def _tabs(detail: CaseDetail) -> None:
    names = [
        "Before and after",
        "Peg paths",
        "Stock over time",
        "Order lines hurt",
        "Evidence",
        "Tried and not possible",
        "Decisions",
        "Comments",
    ]
    changes, pegs, balance, hurt, evidence, rejected, history, comments = st.tabs(
        names, key="case-tab", on_change="rerun"
    )
    with changes:
        option_view.before_and_after(detail)
    with pegs:
        figure_view.pegs(detail)
    with balance:
        figure_view.balance(detail)
    with hurt:
        _lines_hurt(detail)
    with evidence:
        _evidence(detail)
    with rejected:
        _rejected(detail)
    with history:
        _history(detail)
    with comments:
        case_work_view.comments(detail)


def _lines_hurt(detail: CaseDetail) -> None:
    if not detail.impacts:
        st.text("None.")
        return
    st.dataframe(
        {
            "Order": [f"{one.order}/{one.line}" for one in detail.impacts],
            "Customer": [one.customer_name for one in detail.impacts],
            "Item": [one.item for one in detail.impacts],
            "Units": [one.quantity for one in detail.impacts],
            "Not covered": [one.short for one in detail.impacts],
            "Promised": [telling.day(one.due) for one in detail.impacts],
            "Expected": [telling.day(one.projected) for one in detail.impacts],
            "Days late": [one.days_late for one in detail.impacts],
            "Value at risk": [one.exposure for one in detail.impacts],
        },
        key=f"lines-{detail.card.id}",
        hide_index=True,
        column_config={"Value at risk": st.column_config.NumberColumn(format="accounting")},
        alt="The order lines this case hurts",
    )
    if detail.impacts_left_out:
        st.caption(f"{detail.impacts_left_out:,} more lines are not listed.")


def _evidence(detail: CaseDetail) -> None:
    if not detail.evidence:
        st.text("Nothing was gathered yet.")
    for one in detail.evidence:
        with st.container(border=True, gap=None):
            st.text(f"{one.id}: {one.text}")
            if one.note:
                with st.container(key=f"quiet-note-{one.id}"):
                    st.text(f"In the partner's own words: {one.note}")


def _rejected(detail: CaseDetail) -> None:
    if not detail.rejected:
        st.text("Nothing.")
        return
    telling.lines(*(f"{one.resolution} {one.what}: {one.reason}" for one in detail.rejected))


def _history(detail: CaseDetail) -> None:
    approvals = [one for one in (detail.approval, *detail.earlier) if one is not None]
    if not approvals:
        st.text("Nothing was put before people yet.")
    for one in approvals:
        telling.lines(*_story(one))


def _story(approval: Approval) -> list[str]:
    when = telling.moment(approval.created_at)
    first = f"{when}: option {approval.letter} proposed by {approval.proposed_by}, now {approval.state_words}"
    said = [
        f"   {telling.moment(one.decided_at)}: {one.user} ({one.role.replace('_', ' ')}) said {one.kind}"
        + (f": {one.comment}" if one.comment else "")
        for one in approval.decisions
    ]
    done = [f"   {line}" for line in approval.effect.result] if approval.effect else []
    return [first, *said, *done]
