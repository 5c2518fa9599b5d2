"""An action carried out on the small company, and the books compared with what was simulated."""

from core.domain.ids import ApprovalId
from core.domain.plans import Action
from core.planning.simulation import apply
from core.services.checking import check
from core.services.execution import ExecutionState
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import MARIA, OMAR
from tests.columns import differences
from tests.desk import Desk


def carried_out(desk: Desk, action: Action) -> ApprovalId:
    """Approved by two people and executed; the books are as simulated."""
    before = desk.snapshot()
    approval = desk.approved(action, by=(MARIA, OMAR) if action.resolution == "R04" else (MARIA,))

    outcome = desk.execute(approval)

    assert (outcome.state, outcome.differences) == (ExecutionState.EXECUTED, ())
    assert list(differences(desk.snapshot(), apply(before, (action,)))) == []
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == ()
    return approval.id


def taken_back(desk: Desk, approval: ApprovalId) -> None:
    """Undone, and every law of the books holds."""
    with desk.open() as uow:
        undo(uow, approval, MARIA)
    with desk.open() as uow:
        assert [result for result in check(uow) if result.broken] == []


def left_alone(desk: Desk, action: Action) -> str:
    """Approved, then found stale: nothing is done. Gives the first difference."""
    before = desk.snapshot()
    outcome = desk.execute(desk.approved(action, by=(MARIA, OMAR) if action.resolution == "R04" else (MARIA,)))

    assert outcome.state is ExecutionState.STALE
    assert list(differences(desk.snapshot(), before)) == []
    return outcome.differences[0]
