"""The desk's own record on Performance: proposals by action, predicted against realised, what models cost."""

import streamlit as st

from ui.console import session, telling
from ui.schemas.record import DeskRecordReply, ModelUseReply, OutcomeReply
from ui.schemas.supply import KpiPeriod


def desk(period: KpiPeriod) -> None:
    """What people made of the desk's proposals, and whether what they agreed to came out as it was predicted."""
    found = session.client().desk_record(first=period.first.isoformat(), last=period.last.isoformat())
    by_action, foretold = st.tabs(["Accepted and overridden", "Predicted against realised"])
    with by_action:
        _actions(found)
    with foretold:
        _outcomes(found)


def models(period: KpiPeriod) -> None:
    """What models were asked for, and the money it took."""
    found = session.client().model_record(first=period.first.isoformat(), last=period.last.isoformat()).items
    if not found:
        st.text("No model was asked in this period; everything here works without one.")
        return
    st.dataframe(
        {
            "Model": [one.model for one in found],
            "For": [one.purpose.replace("_", " ") for one in found],
            "Calls": [one.calls for one in found],
            "Not used": [one.unused for one in found],
            "Tokens": [one.tokens for one in found],
            "Cost": [_cost(one) for one in found],
        },
        key="models",
        hide_index=True,
        alt="Calls of models by model and purpose",
    )
    total = sum(one.cost for one in found)
    st.caption(
        f"{telling.count(sum(one.calls for one in found), 'call', 'calls')}, {total:,.4f} in the currency that the"
        " prices of models were given in."
    )


def _cost(one: ModelUseReply) -> str:
    if one.unpriced == one.calls:
        return "no price known"
    return f"{one.cost:,.4f}" + (f", {one.unpriced:,} calls without a price" if one.unpriced else "")


def _actions(found: DeskRecordReply) -> None:
    if not found.actions:
        st.text("People decided on no proposal of the desk in this period.")
        return
    rows = found.actions
    st.dataframe(
        {
            "Action": [f"{one.action} {one.name}" for one in rows],
            "Decided": [one.decided for one in rows],
            "Taken": [one.taken for one in rows],
            "Rejected": [one.rejected for one in rows],
            "Changed": [one.changed for one in rows],
            "Came out otherwise": [one.otherwise for one in rows],
        },
        key="by-action",
        hide_index=True,
        alt="What people made of the desk's proposals, by action",
    )
    st.caption(
        f"{telling.count(found.decided, 'proposal', 'proposals')} made in the period and decided on; one with several"
        " actions counts for each."
    )


def _outcomes(found: DeskRecordReply) -> None:
    if not found.outcomes:
        st.text("No plan was carried out and looked at again in this period.")
        return
    st.text(f"{found.as_predicted:,} of {telling.count(found.looked_at, 'plan', 'plans')} came out as predicted.")
    rows = found.outcomes
    st.dataframe(
        {
            "Case": [one.case for one in rows],
            "Plan": [one.approval for one in rows],
            "Carried out": [telling.moment(one.executed_at) for one in rows],
            "Outcome": ["as predicted" if one.verified else "not as predicted" for one in rows],
            "Late lines": [_beside(one.predicted.lines_late, one.realised.lines_late) for one in rows],
            "Not covered": [_beside(one.predicted.lines_uncovered, one.realised.lines_uncovered) for one in rows],
            f"At risk, {found.currency}: predicted": [telling.money(one.predicted.exposure) for one in rows],
            "found": [telling.money(one.realised.exposure) for one in rows],
            "beyond": [_beyond(one) for one in rows],
        },
        key="foretold",
        hide_index=True,
        height=min(420, 60 + 36 * len(rows)),
        alt="Plans that were carried out: what was predicted and what was found",
    )
    if found.looked_at > len(rows):
        st.caption(f"The latest {len(rows):,} of {found.looked_at:,}.")


def _beside(predicted: int, found: int) -> str:
    return f"{predicted:,}" if predicted == found else f"{predicted:,}, found {found:,}"


def _beyond(one: OutcomeReply) -> str:
    more = one.realised.exposure - one.predicted.exposure
    return f"{more:+,.2f}" if more else "0.00"
