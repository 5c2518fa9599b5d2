"""The plan that waits, exactly as its hash binds it, and a person's word on it.

A button carries the id and hash that stood beside it when it was drawn: what is sent is what was seen.
"""

import streamlit as st

from ui.client import ClientError
from ui.console import edit_view, session, telling, together_view
from ui.schemas import Approval, CaseDetail, Compared


def show(detail: CaseDetail) -> None:
    """What can be done about the case now."""
    with st.container(border=True, key="decision"):
        if detail.approval is None or detail.next == "resolve":
            _prepare(detail)
            return
        _plan(detail.approval)
        match detail.next:
            case "decide":
                _ask(detail.approval)
                edit_view.show(detail)
                together_view.show(detail.approval)
            case "continue":
                st.button("Continue", key="continue", type="primary", on_click=_resolve, args=(detail.card.id,))
            case "wait":
                st.info("The desk is at work. This page follows by itself.")
            case "none":
                _result(detail.approval)
        _small_print(detail.approval)


def _prepare(detail: CaseDetail) -> None:
    st.subheader("No plan waits", anchor=False)
    if detail.approval is not None:
        st.text(f"The last one ({detail.approval.id}) was {detail.approval.state_words}.")
    if detail.next == "wait":
        st.info("The desk gathers evidence and works out options. This page follows by itself.")
    elif detail.next == "resolve":
        st.text(
            "The desk can ask suppliers, look for stock elsewhere and work out ways out. Nothing is decided by that."
        )
        st.button("Prepare options", key="resolve", type="primary", on_click=_resolve, args=(detail.card.id,))


def _plan(approval: Approval) -> None:
    st.subheader("The plan", anchor=False)
    telling.lines(*(f"{number}. {text}" for number, text in enumerate(approval.actions, 1)))
    with st.container(key="quiet-terms"):
        telling.lines(
            f"Option {approval.letter}. Commits {telling.money(approval.money, approval.currency)}."
            f" Approvals: {approval.approvals_given} of {approval.approvals_needed} ({approval.rule}).",
            f"Expires {telling.moment(approval.expires_at)}.",
        )
    st.code(approval.plan_hash, language=None, wrap_lines=True)


def _small_print(approval: Approval) -> None:
    if approval.conditions:
        with st.expander("It is carried out only while"):
            telling.lines(*(f"- {one}" for one in approval.conditions))
    with st.expander("The exact text the hash above is of"):
        st.code(approval.plan_text, language="json", wrap_lines=True)


def _ask(approval: Approval) -> None:
    if approval.why_not is not None:
        st.warning("You may not decide on this plan.")
        st.text(approval.why_not)
        return
    comment_key = f"comment-{approval.id}"
    st.text_input("Comment (needed to reject)", key=comment_key, max_chars=2000)
    shown = (approval.id, approval.plan_hash, comment_key)
    with st.container(horizontal=True):
        st.button(
            "Approve",
            key=f"approve-{approval.id}",
            type="primary",
            shortcut="A",
            on_click=_decide,
            args=("approve", *shown),
        )
        st.button("Reject", key=f"reject-{approval.id}", shortcut="X", on_click=_decide, args=("reject", *shown))


def _decide(decision: str, approval: str, plan_hash: str, comment_key: str) -> None:
    comment = st.session_state.get(comment_key, "").strip()
    if decision == "reject" and not comment:
        session.remember("bad", "Say in the comment why you reject the plan; nothing was decided.")
        return
    try:
        reply = session.client().decide(approval, decision=decision, plan_hash=plan_hash, comment=comment)
    except ClientError as error:
        session.failed(error, title="Your decision was not taken.")
        return
    if decision == "reject":
        session.remember("good", "Rejected. The case is open again.")
    elif reply.executing:
        session.remember("good", "Approved. The desk carries out the plan now.")
    else:
        missing = reply.approvals_needed - reply.approvals_given
        session.remember("good", f"Your approval counts. {telling.count(missing, 'more is', 'more are')} needed.")


def _resolve(case: str) -> None:
    try:
        session.client().resolve(case)
    except ClientError as error:
        session.failed(error, title="The desk did not start.")


def _result(approval: Approval) -> None:
    if approval.effect is not None:
        effect = approval.effect
        telling.lines("Done:", *(f"- {line}" for line in effect.result))
        if effect.messages:
            telling.lines("Sent:", *(f"- {one.kind} ({one.partner}): {one.state}" for one in effect.messages))
        if effect.differences:
            st.error("Not as predicted")
            telling.lines(*(f"- {line}" for line in effect.differences))
        if effect.compared:
            _compared(approval.id, effect.compared)
    if approval.may_undo and approval.why_not is None:
        with st.popover("Undo"):
            st.text("What the plan changed is taken back where that is still possible.")
            st.button("Yes, undo the plan", key=f"undo-{approval.id}", on_click=_undo, args=(approval.id,))


def _compared(approval: str, figures: tuple[Compared, ...]) -> None:
    with st.expander("Predicted and realised", expanded=not all(one.same for one in figures)):
        st.dataframe(
            {
                "": [one.figure for one in figures],
                "Predicted": [one.predicted for one in figures],
                "Found": [one.found for one in figures],
                "Same": ["yes" if one.same else "no" for one in figures],
            },
            key=f"compared-{approval}",
            hide_index=True,
            alt="What the plan predicted and what was found after it was carried out",
        )


def _undo(approval: str) -> None:
    try:
        reply = session.client().undo(approval)
    except ClientError as error:
        session.failed(error, title="The plan was not undone.")
        return
    session.remember("good", "Undone.", "\n".join(reply.result))
