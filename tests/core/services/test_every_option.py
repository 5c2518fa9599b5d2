"""Every option that is shown, of whatever case on books at random, is found as predicted once it is carried out."""

from collections import Counter
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from core.db.unit_of_work import open_engine
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId
from core.domain.options import Option
from core.domain.plans import Wait
from core.domain.quotes import ExpediteQuote, Quote
from core.domain.users import AGENT_NAME
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from core.services.execution import ExecutionState
from core.services.resolving import evidence_needs, plan_options, record_evidence
from core.services.scanning import ScanCommand, scan
from core.services.verifying import verify
from tests.builders import MARIA, OMAR, day
from tests.columns import differences
from tests.core.services.doing.works_at_work import at_work, busier
from tests.core.services.machine.books import Books
from tests.desk import Desk

PLAIN, ALL_ON = ScanRules(), ScanRules(calendars=True, capacity=True, lanes=True, alternates=True)


def test_every_option_shown_is_found_as_predicted(desk: Desk) -> None:
    at_work(desk)
    engine, kinds = open_engine(desk.urls.app), Counter[str]()

    @settings(max_examples=2, phases=[Phase.generate])
    @given(st.integers(0, 2**32 - 1))
    def on_random_books(seed: int) -> None:
        with engine.connect() as connection:
            books, dice = Books(connection, desk.urls, desk.clock), Random(seed)
            try:
                busier(books.desk, dice)
                _each(books.desk, connection, dice.choice([PLAIN, PLAIN, ALL_ON]), kinds)
            finally:
                books.end()

    try:
        on_random_books()
    finally:
        engine.dispose()
    assert len(kinds) >= 6, kinds


def _each(desk: Desk, connection: Connection, rules: ScanRules, kinds: Counter[str]) -> None:
    """Every option of every case on the same books: each is taken back to where it began."""
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=rules))
    with desk.open() as uow:
        cases = [case.id for case in uow.cases.all()]
    for case in cases:
        _answered(desk, case)
        for option in _shown(desk, case):
            if not isinstance(option.actions[0], Wait):
                began = connection.begin_nested()
                kinds.update(_as_predicted(desk, option))
                began.rollback()


def _answered(desk: Desk, case: CaseId) -> None:
    """Every supplier asked offers what is asked for in four days, and comes sooner for a fee."""
    with desk.open() as uow:
        needs = evidence_needs(uow, case)
        offered: dict[str, Any] = {"currency": "USD", "valid_until": day(9)}
        quotes = [
            Quote(
                quote_id=f"Q-{one.supplier}",
                supplier=one.supplier,
                item=one.item,
                quantity=one.quantity,
                unit_price=Decimal(16),
                lead_time_days=4,
                available_quantity=10_000,
                minimum_order=1,
                multiple=1,
                **offered,
            )
            for one in needs.quotes
        ]
        sooner = [
            ExpediteQuote(
                quote_id=f"E-{one.purchase_order}-{one.line}",
                supplier=one.supplier,
                purchase_order=one.purchase_order,
                line=one.line,
                item=one.item,
                quantity=one.quantity,
                fee=Decimal(60),
                earliest_date=one.new_date,
                **offered,
            )
            for one in needs.expedites
        ]
        found = CaseEvidence(stock=needs.stock, quotes=tuple(quotes), expedites=tuple(sooner))
        record_evidence(uow, case, found)


def _shown(desk: Desk, case: CaseId) -> tuple[Option, ...]:
    with desk.open(AGENT_NAME) as uow:
        return plan_options(uow, case).options


def _as_predicted(desk: Desk, option: Option) -> list[str]:
    """The kinds of its actions; the books and the forecast are what was shown."""
    before, approval = desk.snapshot(), desk.propose(option)
    for user in (MARIA, OMAR)[: approval.approvals_needed]:
        approval = desk.decide(approval, user)

    outcome = desk.execute(approval)

    assert (outcome.state, outcome.differences) == (ExecutionState.EXECUTED, ()), option.title
    assert list(differences(desk.snapshot(), apply(before, option.actions))) == [], option.title
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == (), option.title
    return [action.kind for action in option.actions]
