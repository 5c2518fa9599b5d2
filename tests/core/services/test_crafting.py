"""An option as somebody wants it: kept beside the planner's, and executed exactly as it was simulated."""

from decimal import Decimal

import pytest

from core.db.unit_of_work import open_engine
from core.domain.crafting import BuyFrom, Changes, Compose, EditOption, MoveStock, PromiseFor, PullIn
from core.domain.errors import ConflictError, NotFeasibleError
from core.domain.evidence import CaseEvidence
from core.domain.ids import LocationCode, PurchaseOrderNo, SupplierCode
from core.domain.options import Option
from core.domain.plans import Transfer
from core.domain.users import AGENT_NAME
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from core.services.crafting import CraftCommand, craft_option
from core.services.execution import ExecutionState
from core.services.resolving import evidence_needs, plan_options, record_evidence
from core.services.scanning import ScanCommand, scan
from core.services.verifying import verify
from tests.builders import DELTA, MARIA, OMAR, RENO, SO_1, day, wait
from tests.columns import differences
from tests.core.services.machine.books import Books
from tests.core.services.test_resolving import EXPEDITE, ONE, QUOTE
from tests.desk import Desk


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """The late order found, its suppliers asked, its options planned."""
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
    with desk.open_agent_uow(AGENT_NAME) as uow:
        stock = evidence_needs(uow, ONE).stock
        record_evidence(uow, ONE, CaseEvidence(stock=stock, quotes=(QUOTE,), expedites=(EXPEDITE,)))
        plan_options(uow, ONE)
    return desk


def crafted(desk: Desk, changes: Changes) -> Option:
    """Under the rights of the agents."""
    with desk.open_agent_uow(AGENT_NAME) as uow:
        return craft_option(uow, CraftCommand(case=ONE, changes=changes))


def options(desk: Desk) -> tuple[Option, ...]:
    with desk.open() as uow:
        return uow.cases.options(ONE)


def with_action(desk: Desk, kind: type[object]) -> Option:
    return next(one for one in options(desk) if isinstance(one.actions[0], kind))


def test_what_is_wanted_is_executed_exactly_as_it_was_simulated(planned: Desk) -> None:
    moved = with_action(planned, Transfer)
    wanted: list[Changes] = [
        EditOption(option=moved.id, quantity=10),
        EditOption(option=moved.id, day=day(4)),
        EditOption(option=moved.id, supplier=DELTA),
        EditOption(option=moved.id, supplier=DELTA, quantity=40, day=day(6)),
        Compose(wishes=(MoveStock(origin=RENO, quantity=12), BuyFrom(supplier=DELTA))),
        Compose(wishes=(MoveStock(origin=RENO, quantity=20), PromiseFor(order=SO_1, line=1, day=day(25)))),
    ]
    engine = open_engine(planned.urls.app)
    with engine.connect() as connection:
        books = Books(connection, planned.urls, planned.clock)
        for changes in wanted:
            began = connection.begin_nested()
            _as_simulated(books.desk, crafted(books.desk, changes))
            began.rollback()
        books.end()
    engine.dispose()


def _as_simulated(desk: Desk, option: Option) -> None:
    before, approval = desk.snapshot(), desk.propose(option)
    for user in (MARIA, OMAR)[: approval.approvals_needed]:
        approval = desk.decide(approval, user)

    assert desk.execute(approval).state is ExecutionState.EXECUTED, option.title

    assert list(differences(desk.snapshot(), apply(before, option.actions))) == [], option.title
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == (), option.title


def test_a_crafted_option_stands_beside_the_planners_and_says_who_wanted_it(planned: Desk) -> None:
    before = options(planned)
    moved = with_action(planned, Transfer)

    option = crafted(planned, EditOption(option=moved.id, quantity=10))

    assert options(planned) == (*before, option)
    assert (option.id, option.crafted_by, option.basis) == (f"CASE-1-1{option.letter}", AGENT_NAME, moved.id)
    (action,) = (one for one in option.actions if isinstance(one, Transfer))
    assert (action.quantity, action.cost) == (10, Decimal("45.00"))  # 40.00 a shipment and 0.50 a unit
    assert option.exposure_before == moved.exposure_before
    assert option.objective > moved.objective


def test_reasons_are_given_all_at_once_and_nothing_is_kept(planned: Desk) -> None:
    before = options(planned)
    wishes = (
        MoveStock(origin=LocationCode("YARD")),
        BuyFrom(supplier=SupplierCode("NEWCO")),
        PullIn(purchase_order=PurchaseOrderNo("PO-9"), line=1),
    )

    with pytest.raises(NotFeasibleError) as caught:
        crafted(planned, Compose(wishes=wishes))

    assert caught.value.details["reasons"] == (
        "no transfer from 'YARD' is among the evidence kept on CASE-1; possible are RENO",
        "no purchase from 'NEWCO' is among the evidence kept on CASE-1; possible are DELTA",
        "no expediting of 'PO-9/1' is among the evidence kept on CASE-1; possible are PO-1/1",
    )
    assert options(planned) == before


def test_what_was_never_planned_gets_its_first_round(desk: Desk) -> None:
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))

    option = crafted(desk, Compose(wishes=(MoveStock(origin=RENO),)))

    assert (option.id, [type(action) for action in option.actions]) == ("CASE-1-1A", [Transfer])


def test_an_approved_case_takes_no_more_options(desk: Desk) -> None:
    desk.approved(wait())

    with pytest.raises(ConflictError, match="case CASE-1 is approved; a way out can be made for one that is open"):
        crafted(desk, Compose(wishes=(MoveStock(origin=RENO),)))
