"""Promises count working days once a scan has."""

from core.planning.rules import ScanRules
from core.services.promising.desk_rules import desk_rules
from core.services.scanning import ScanCommand, scan
from tests.core.services.promising.orders import NEW, add, confirmed, line
from tests.desk import Desk


def test_a_promise_counts_days_as_the_last_scan_did(desk: Desk) -> None:
    with desk.open() as uow:
        before = desk_rules(uow).calendars
        scan(uow, ScanCommand(rules=ScanRules(calendars=True)))
    add(desk, line(1, 10))

    confirmed(desk)

    with desk.open() as uow:
        (made,) = uow.promises.made(NEW, 1)
        assert (before, desk_rules(uow).calendars) == (False, True)
    assert made.rule_versions == {"promising": "1", "overdue_supply": "ignore", "days": "working days"}
