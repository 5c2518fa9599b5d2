"""The background of a case: notes with ids, each looked up by itself, under the agents' rights."""

import pytest

from core.domain.errors import InvalidValueError
from core.domain.users import AGENT_NAME
from core.planning.rules import ScanRules
from core.services.background import LOOKS, background
from core.services.scanning import ScanCommand, scan
from tests.builders import TODAY, VALVE
from tests.desk import Desk


def test_each_look_gives_notes_with_ids_and_days(desk: Desk) -> None:
    with desk.open() as uow:
        found = scan(uow, ScanCommand(rules=ScanRules()))
    cases = {case.detected.item: case.id for case in found.cases}

    with desk.open_agent_uow(AGENT_NAME) as uow:
        seen = {about: background(uow, cases[VALVE], about) for about in LOOKS}
        with pytest.raises(InvalidValueError, match="'weather' is nothing to look at"):
            background(uow, cases[VALVE], "weather")

    (customer,) = seen["customers"]
    assert (customer.id, customer.as_of, customer.source) == ("customer:HARBOR", TODAY, "books")
    assert customer.text == "HARBOR (tier 1) takes parts of order SO-1 and no other items; 1.25 percent a day late"
    assert seen["substitutes"] == seen["capacity"] == ()
