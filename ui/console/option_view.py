"""The ways out: one card beside the other, and what an option changes line by line."""

import streamlit as st

from ui.console import telling
from ui.schemas import Advice, CaseDetail, Change, OptionCard

ABREAST = 3


def side_by_side(detail: CaseDetail) -> None:
    """One card an option, the advised one framed."""
    st.subheader("Ways out, side by side", anchor=False)
    abreast = min(ABREAST, max(2, len(detail.options)))
    for start in range(0, len(detail.options), abreast):
        for place, option in zip(st.columns(abreast), detail.options[start : start + abreast], strict=False):
            frame = "advised" if option.advised else "option"
            with place, st.container(border=True, key=f"{frame}-{option.letter}", gap="xsmall", height="stretch"):
                _card(option, currency=detail.currency)
    if detail.approval is not None and any(option.advised for option in detail.options):
        _advice(detail.approval.advice)


def _advice(advice: Advice) -> None:
    source = "rules" if advice.source == "rules" else f"the model {advice.model}"
    notes = [advice.note] if advice.note else []
    telling.lines(f"Advice of {source}: {advice.text}", *(f"Risk: {one}" for one in advice.risks), *notes)


def _card(option: OptionCard, *, currency: str) -> None:
    with st.container(key=f"strong-option-{option.letter}"):
        st.text(f"{option.letter}. {option.title}" + (" (advised)" if option.advised else ""))
    facts = [
        f"Cost: {telling.money(option.total_cost, currency)}",
        f"Lines helped: {option.lines_helped:,}, hurt: {option.lines_hurt:,}",
        f"On time again: {option.lines_recovered:,}",
        f"Days sooner: {option.days_sooner:,}, later: {option.days_later:,}",
        f"Promises moved: {option.promises_moved:,}",
        f"Customers touched: {len(option.customers_affected):,}",
        f"Still at risk: {telling.money(option.exposure_after, currency)}",
        f"Decide by: {telling.day(option.deadline)}",
    ]
    if option.odds is not None:
        facts.append(f"Holds in {option.odds.holds}% of {option.odds.scenarios:,} scenarios")
        facts.append(f"Likely: {telling.money(option.odds.expected, currency)} (place {option.odds.expected_rank})")
        facts.append(f"If it goes badly: {telling.money(option.odds.worst, currency)} (place {option.odds.worst_rank})")
    if option.wait_until is not None:
        facts.append(f"Do nothing until: {telling.day(option.wait_until)}")
    telling.lines(*facts)
    with st.container(key=f"quiet-undo-{option.letter}"):
        st.text(f"Undo: {option.undo}")


def before_and_after(detail: CaseDetail) -> None:
    """The lines one option changes; the advised option first."""
    if not detail.options:
        st.text("There are no options yet.")
        return
    letters = [option.letter for option in detail.options]
    advised = next((option.letter for option in detail.options if option.advised), letters[0])
    key = f"shown-{detail.options[0].id}"
    letter = st.segmented_control("Option", letters, default=advised, required=True, key=key) or advised
    option = next(one for one in detail.options if one.letter == letter)
    if not option.changes:
        st.text("Nothing changes for any order line.")
        return
    st.dataframe(
        _columns(option.changes),
        key=f"changes-{option.id}",
        hide_index=True,
        column_config={
            "Risk before": st.column_config.NumberColumn(format="accounting"),
            "Risk after": st.column_config.NumberColumn(format="accounting"),
        },
        alt=f"Order lines before and after option {letter}",
    )
    if option.changes_left_out:
        st.caption(f"{option.changes_left_out:,} more lines change and are not listed.")


def _columns(changes: tuple[Change, ...]) -> dict[str, list[object]]:
    return {
        "Order": [f"{one.order}/{one.line}" for one in changes],
        "Customer": [one.customer for one in changes],
        "Item": [one.item for one in changes],
        "Promised before": [telling.day(one.due_before) for one in changes],
        "Promised after": [telling.day(one.due_after) for one in changes],
        "Expected before": [telling.day(one.projected_before) for one in changes],
        "Expected after": [telling.day(one.projected_after) for one in changes],
        "Not covered before": [one.short_before for one in changes],
        "Not covered after": [one.short_after for one in changes],
        "Days gained": [one.gained for one in changes],
        "Risk before": [one.exposure_before for one in changes],
        "Risk after": [one.exposure_after for one in changes],
    }
