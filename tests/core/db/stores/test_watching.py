"""Every query of the facts runs, and a small healthy company shows nothing unusual beside what the engine finds."""

from dataclasses import fields

from core.domain.watching.rules import findings
from tests.builders import TODAY
from tests.desk import Desk


def test_a_healthy_company_has_facts_but_no_findings(desk: Desk) -> None:
    with desk.open() as uow:
        facts = uow.watch.facts(as_of=TODAY)

    assert findings(facts, as_of=TODAY) == ()
    assert {line.order for line in facts.purchases} == {"PO-1"}
    assert {field.name for field in fields(facts) if getattr(facts, field.name)} <= {"purchases", "wishes"}
