"""R04 for components: a work order that lacks one is built with another, and with the first one again."""

from decimal import Decimal

import pytest

from core.domain.approval import Approval
from core.domain.cases import CaseState, ExceptionType
from core.domain.errors import ConflictError
from core.domain.ids import ItemCode, WorkOrderNo
from core.domain.options import Option
from core.domain.plans import SubstitutePart
from core.domain.users import AGENT_NAME
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from core.services.execution import ExecutionState
from core.services.resolving import OptionsReport, plan_options
from core.services.scanning import ScanCommand, scan
from core.services.supplying.issuing import IssueComponents, IssuedPart, issue_components
from core.services.supplying.producing import ReleaseWork, release_work
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import MARIA, MOTOR, OMAR, YARD, day
from tests.columns import differences
from tests.core.services.doing.deeds import taken_back
from tests.core.services.exceptions.scene import adjusted
from tests.desk import Desk

DRIVE, WO_1 = ItemCode("DRIVE"), WorkOrderNo("WO-1")


def short_of_motors(desk: Desk, *, drives: int = 12) -> None:
    """Two pumps are still to be made, one motor is left; three drives at 100.00 do for two motors."""
    adjusted(desk, -5, item=MOTOR, at=YARD)
    desk.alter("""
        INSERT INTO items SELECT (jsonb_populate_record(NULL::items, to_jsonb(i) || '{"id": 99, "code": "DRIVE",
            "name": "Drive", "standard_cost": 100, "safety_stock": 0}')).* FROM items i WHERE i.code = 'MOTOR';
        INSERT INTO item_alternates (item_id, alternate_id, scope, ratio, priority, valid_from, valid_to,
                                     approval_needed)
        SELECT m.id, d.id, 'component', 1.5, 1, NULL, NULL, true FROM items m, items d
        WHERE m.code = 'MOTOR' AND d.code = 'DRIVE'""")
    if drives:
        adjusted(desk, drives, item=DRIVE, at=YARD)


def options(desk: Desk) -> OptionsReport:
    """The ways out of the missing motors, as an agent looks for them."""
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
    with desk.open() as uow:
        (case,) = (one for one in uow.cases.all() if one.detected.type is ExceptionType.COMPONENT_SHORTAGE)
    with desk.open_agent_uow(AGENT_NAME) as uow:
        return plan_options(uow, case.id)


def with_drives(desk: Desk) -> Option:
    """The option that builds with drives."""
    (found,) = (option for option in options(desk).options if isinstance(option.actions[0], SubstitutePart))
    return found


def approved(desk: Desk, option: Option) -> Approval:
    """Another item needs two people."""
    approval = desk.propose(option)
    for user in (MARIA, OMAR):
        approval = desk.decide(approval, user)
    return approval


def parts(desk: Desk) -> list[tuple[str, int]]:
    """What the released order takes."""
    with desk.open() as uow:
        return [(part.item, part.required) for part in uow.making.parts(WO_1) if part.required]


def test_a_work_order_is_built_with_the_alternate_as_simulated_and_with_the_component_again(desk: Desk) -> None:
    short_of_motors(desk)
    option = with_drives(desk)
    before = desk.snapshot()

    approval = approved(desk, option)
    outcome = desk.execute(approval)

    assert (outcome.state, outcome.differences) == (ExecutionState.EXECUTED, ())
    assert (option.tier, option.title) == (4, "Build 1 work order with DRIVE instead of MOTOR")
    assert [(term.name, term.amount) for term in option.cost_terms] == [("dearer component", Decimal("60.00"))]
    assert list(differences(desk.snapshot(), apply(before, option.actions))) == []
    assert int(net(desk.snapshot(), ScanRules()).line_short.sum()) == 0
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == ()
        assert uow.cases.get(option.case).state is CaseState.RESOLVED
        version = uow.making.order(WO_1).version
        release_work(uow, ReleaseWork(key="release", number=WO_1, version=version))
    assert parts(desk) == [("DRIVE", 3), ("SEAL", 5)]

    taken_back(desk, approval.id)

    assert parts(desk) == [("MOTOR", 2), ("SEAL", 5)]
    assert list(differences(desk.snapshot(), before)) == []


def test_what_was_issued_stays_built_in(desk: Desk) -> None:
    short_of_motors(desk)
    approval = approved(desk, with_drives(desk))
    desk.execute(approval)
    with desk.open() as uow:
        release_work(uow, ReleaseWork(key="release", number=WO_1, version=uow.making.order(WO_1).version))
        taken = (IssuedPart(item=DRIVE, location=YARD, quantity=1),)
        issue_components(uow, IssueComponents(key="issue", number=WO_1, parts=taken, issued_on=day(0)))

    with desk.open() as uow, pytest.raises(ConflictError, match="WO-1 is built with DRIVE, which is issued"):
        undo(uow, approval.id, MARIA)


def test_a_plan_whose_drives_are_gone_is_stale(desk: Desk) -> None:
    short_of_motors(desk, drives=3)
    approval = approved(desk, with_drives(desk))
    adjusted(desk, -1, item=DRIVE, at=YARD, document="CC-2")

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert outcome.differences == ("stock available of DRIVE@YARD is 2, the plan needs at least 3",)


def test_without_drives_it_says_why_not(desk: Desk) -> None:
    short_of_motors(desk, drives=2)

    (refused,) = (idea for idea in options(desk).rejected if idea.resolution == "R04")

    assert refused.what == "build work order WO-1 with another component than MOTOR"
    assert refused.reason == "no valid alternate is free where it is made"
