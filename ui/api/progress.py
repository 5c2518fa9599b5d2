"""How far a case has come, as the steps people follow on the screen."""

from core.domain.approval import ApprovalState
from core.domain.cases import WAITING_STATES, CaseState
from ui.schemas import Approval, Effect, Next, Step

_CLOSED = {
    CaseState.AUTO_CLOSED: "A later scan no longer finds it.",
    CaseState.ACCEPTED: "Accepted as it is; nothing more is done.",
}


def steps_of(state: CaseState, approval: Approval | None, *, working: bool) -> tuple[Step, ...]:
    """Proposed, approved, executed, verified, each with a sentence."""
    if approval is None:
        return (_proposing(state, working=working), *_later("approved", "executed", "verified"))
    proposed = Step(name="proposed", state="done", text=f"By {approval.proposed_by}.")
    match ApprovalState(approval.state):
        case ApprovalState.PENDING:
            given = f"{approval.approvals_given} of {approval.approvals_needed} approvals given."
            asking = Step(name="approved", state="now", text=given)
            return (proposed, asking, *_later("executed", "verified"))
        case ApprovalState.APPROVED:
            text = "The desk is at it." if working else "Waits for the desk; press Continue."
            return (proposed, _approved(approval), Step(name="executed", state="now", text=text), *_later("verified"))
        case ApprovalState.EXECUTED | ApprovalState.UNDONE:
            return (proposed, _approved(approval), *_carried_out(approval.effect, working=working))
        case ApprovalState.STALE:
            stopped = Step(name="executed", state="failed", text="Refused: the books had changed since it was shown.")
            return (proposed, _approved(approval), stopped, *_later("verified"))
        case ApprovalState.REJECTED | ApprovalState.EXPIRED | ApprovalState.SUPERSEDED:
            stopped = Step(name="approved", state="failed", text=f"{approval.state_words.capitalize()}.")
            return (proposed, stopped, *_later("executed", "verified"))


def next_of(state: CaseState, approval: Approval | None, *, working: bool, expired: bool) -> Next:
    """What can be done about a case now."""
    if working:
        return "wait"
    if state in WAITING_STATES or (state is CaseState.PROPOSED and expired):
        return "resolve"
    match None if approval is None else ApprovalState(approval.state):
        case ApprovalState.PENDING:
            return "decide"
        case ApprovalState.APPROVED:
            return "continue"
        case ApprovalState.EXECUTED if approval and approval.effect and approval.effect.verified is None:
            return "continue"
        case _:
            return "none"


def _proposing(state: CaseState, *, working: bool) -> Step:
    if working:
        return Step(name="proposed", state="now", text="The desk collects evidence and works out options.")
    if state in _CLOSED:
        return Step(name="proposed", state="later", text=_CLOSED[state])
    return Step(name="proposed", state="later", text="Nothing is proposed yet.")


def _approved(approval: Approval) -> Step:
    names = ", ".join(one.user for one in approval.decisions if one.kind == "approve")
    return Step(name="approved", state="done", text=f"By {names}." if names else "No approval was needed.")


def _carried_out(effect: Effect | None, *, working: bool) -> tuple[Step, Step]:
    if effect is None:
        return (Step(name="executed", state="done", text=""), Step(name="verified", state="later", text=""))
    executed = Step(name="executed", state="done", text=f"On {effect.executed_at:%Y-%m-%d %H:%M} UTC.")
    if effect.undone_at is not None:
        undone = f"Undone by {effect.undone_by} on {effect.undone_at:%Y-%m-%d %H:%M} UTC."
        return (executed, Step(name="verified", state="failed", text=undone))
    match effect.verified:
        case True:
            return (executed, Step(name="verified", state="done", text="A new scan found exactly what was predicted."))
        case False:
            count = len(effect.differences)
            text = f"Not as predicted: {count} difference{'' if count == 1 else 's'}."
            return (executed, Step(name="verified", state="failed", text=text))
        case None:
            text = "A new scan is being compared." if working else "Not compared yet; press Continue."
            return (executed, Step(name="verified", state="now", text=text))


def _later(*names: str) -> tuple[Step, ...]:
    return tuple(Step(name=name, state="later", text="") for name in names)
