"""Plans that wait for the same cause: told one by one with their sums, decided by one word on exactly their hashes."""

import streamlit as st

from ui.client import ClientError
from ui.console import session, telling
from ui.schemas import Approval
from ui.schemas.approval import DecisionsRequest, Together

Seen = tuple[tuple[str, str], ...]


def show(approval: Approval) -> None:
    """What else waits for the cause of this plan; read only when somebody opens it."""
    shut = st.expander("Others that wait for the same cause", key=f"like-{approval.id}", on_change="rerun")
    with shut:
        if shut.open:
            telling.part("", lambda: _together(approval.id))


def _together(approval: str) -> None:
    found = session.client().together(approval)
    if len(found.items) < 2:
        st.text("None: this plan is the only one.")
        return
    st.text(f"Cause: {found.cause}")
    _table(found)
    for one in found.items:
        telling.lines(f"{one.head.case}: {one.title}", *(f"- {text}" for text in one.actions))
        telling.lines(*(f"Over {rival.over}: {rival.loses}" for rival in one.rivals))
    barred = [one.head.id for one in found.items if one.head.why_not is not None]
    if barred:
        st.warning("You may not decide on all of them; decide on each in its case.")
        st.text(", ".join(barred))
        return
    seen: Seen = tuple((one.head.id, one.head.plan_hash) for one in found.items)
    comment = f"like-comment-{approval}"
    st.text_input("Comment on all of them (needed to reject)", key=comment, max_chars=2000)
    with st.container(horizontal=True):
        all_of = f"all {len(seen)}, {telling.money(found.money, found.currency)} in all"
        st.button(
            f"Approve {all_of}", key=f"approve-like-{approval}", on_click=_decide, args=("approve", seen, comment)
        )
        st.button(
            f"Reject all {len(seen)}", key=f"reject-like-{approval}", on_click=_decide, args=("reject", seen, comment)
        )


def _table(found: Together) -> None:
    rows = found.items
    st.dataframe(
        {
            "Case": [*(one.head.case for one in rows), "In all"],
            "Plan": [*(telling.short(one.head.plan_hash) for one in rows), ""],
            f"Commits, {found.currency}": [*(one.head.money for one in rows), found.money],
            f"Costs, {found.currency}": [*(one.cost for one in rows), found.cost],
            f"At risk, {found.currency}": [*(one.exposure for one in rows), found.exposure],
            "Decide by": [*(telling.day(one.deadline) for one in rows), ""],
        },
        key=f"like-{'-'.join(one.head.id for one in rows)}",
        hide_index=True,
        alt="Plans that wait for one cause, with their sums in the last row",
    )


def _decide(decision: str, seen: Seen, comment_key: str) -> None:
    comment = st.session_state.get(comment_key, "").strip()
    if decision == "reject" and not comment:
        session.remember("bad", "Say in the comment why you reject the plans; nothing was decided.")
        return
    plans = [{"approval": approval, "plan_hash": plan_hash} for approval, plan_hash in seen]
    body = {"plans": plans, "decision": decision, "comment": comment, "channel": "console"}
    try:
        done = session.client().decide_together(DecisionsRequest.model_validate(body)).items
    except ClientError as error:
        session.failed(error, title="Nothing was decided.")
        return
    told = "\n".join(f"{one.case}: {one.approvals_given} of {one.approvals_needed} approvals" for one in done)
    session.remember(
        "good", "Your word counts for all of them." if decision == "approve" else "All are rejected.", told
    )
