"""Drafts are settled by people: values set, the customer asked, an order made once, and acknowledged; or rejected."""

from dataclasses import replace

import pytest

from core.domain.errors import (
    ConflictError,
    DuplicateOrderError,
    IllegalTransitionError,
    InvalidValueError,
    NotAuthorisedError,
)
from core.domain.intake.drafts import DraftOrder, DraftState, Level
from core.domain.order_life import OrderState
from core.domain.users import User
from core.services.intake.answering import SetValues, merge_reply, set_values
from core.services.intake.settling import (
    AskCustomer,
    ConfirmDraft,
    RejectDraft,
    ask_customer,
    confirm_draft,
    reject_draft,
)
from core.services.intake.taking import INTAKE_NAME, take_in
from tests.builders import MARIA, VIVIAN, day
from tests.core.services.intake.readings import ordered
from tests.desk import Desk


@pytest.fixture(autouse=True)
def _list_price(desk: Desk) -> None:
    desk.alter("UPDATE items SET list_price = 30 WHERE code = 'VALVE-3'")


def taken(desk: Desk, *lines: tuple[str, str], language: str = "en") -> DraftOrder:
    command = ordered(*lines)
    transcript = replace(command.reading.transcript, language=language)
    with desk.open_agent_uow(INTAKE_NAME) as uow:
        return take_in(uow, replace(command, reading=replace(command.reading, transcript=transcript)))


def sent(desk: Desk) -> list[tuple[str, str, str]]:
    """What the outbox holds: key, recipient and body."""
    with desk.open() as uow:
        found = uow.outbox.claim(limit=9)
    return [(one.key, str(one.payload["recipient"]), str(one.payload["body"])) for one in found]


def test_a_confirmed_draft_is_an_order_promised_and_acknowledged_once(desk: Desk) -> None:
    draft = taken(desk, ("VALVE-3", "12"), language="de")
    command = ConfirmDraft(key="c1", draft=draft.id, version=draft.version)

    with desk.open() as uow:
        done = confirm_draft(uow, command, MARIA)
    with desk.open() as uow:
        again = confirm_draft(uow, command, MARIA)
        order = uow.orders.order(done.order or "")  # type: ignore[arg-type]
        (line,) = uow.orders.lines(order.number)
        kept = uow.drafts.get(draft.id)

    assert again == done
    assert done.promised
    assert (order.customer_po, order.state, line.ordered, line.requested) == ("4711", OrderState.CONFIRMED, 12, day(10))
    assert (kept.state, kept.order, kept.version) == (DraftState.CONFIRMED, order.number, 2)
    ((key, recipient, body),) = sent(desk)
    assert (key, recipient) == ("DRAFT-1:acknowledgement", "buyer@harbor.example")
    assert f"12 EA VALVE-3 (3-inch valve), je 30.00 USD, Liefertag {line.promised}" in body
    assert "Zusammen: 360.00 USD." in body


def test_only_people_who_may_settle_drafts_do(desk: Desk) -> None:
    draft = taken(desk, ("VALVE-3", "12"))

    for user in (VIVIAN, User(name=INTAKE_NAME, role=MARIA.role, limit=None, active=False)):
        with desk.open() as uow, pytest.raises(NotAuthorisedError):
            confirm_draft(uow, ConfirmDraft(key="c1", draft=draft.id, version=1), user)
    with desk.open() as uow:
        assert uow.drafts.get(draft.id) == draft


def test_a_draft_that_lacks_something_is_no_order_until_a_person_sets_it(desk: Desk) -> None:
    draft = taken(desk, ("QQ-1", "12"))

    with desk.open() as uow, pytest.raises(InvalidValueError, match="DRAFT-1 lacks line 1 item, line 1; set it first"):
        confirm_draft(uow, ConfirmDraft(key="c1", draft=draft.id, version=1), MARIA)
    with desk.open() as uow, pytest.raises(InvalidValueError, match="quantity 'many' is not one"):
        set_values(uow, _values(draft, ("line1.quantity", "many")), MARIA)
    with desk.open() as uow:
        ready = set_values(uow, _values(draft, ("line1.item", "VALVE-3"), ("line1.requested", "2024-10-20")), MARIA)

    assert (ready.state, ready.level, ready.questions, ready.version) == (DraftState.READY, Level.HIGH, (), 2)
    assert (ready.lines[0].units, ready.lines[0].price) == (12, 30)
    assert ready.lines[0].item.why == ("set by maria",)


def test_the_customer_is_asked_for_all_that_is_missing_at_the_address_on_file(desk: Desk) -> None:
    draft = taken(desk, ("QQ-1", "12"), language="fr")

    with desk.open() as uow:
        ask_customer(uow, AskCustomer(key="a1", draft=draft.id, version=1), MARIA)

    ((key, recipient, body),) = sent(desk)
    assert (key, recipient) == ("DRAFT-1:question:1", "buyer@harbor.example")
    assert "ligne 1: de quel article s'agit-il ? (vous avez écrit : „QQ-1“)" in body


def test_an_answer_fills_what_was_asked_and_nothing_else(desk: Desk) -> None:
    draft = taken(desk, ("QQ-1", "12"))
    answer = ordered(("VALVE-3", "99"), po="77", text=f"It is VALVE-3. 99 77 {day(10)}", subject="Re: DRAFT-1")

    with desk.open_agent_uow(INTAKE_NAME) as uow:
        merged = merge_reply(uow, draft, answer)

    (line,) = merged.lines
    assert (line.item.value, line.units, merged.customer_po.value) == ("VALVE-3", 12, "4711")
    assert (merged.state, merged.version, len(merged.letters)) == (DraftState.READY, 2, 2)


def test_a_rejected_draft_stays_so(desk: Desk) -> None:
    draft = taken(desk, ("VALVE-3", "12"))

    with desk.open() as uow:
        rejected = reject_draft(uow, RejectDraft(key="r1", draft=draft.id, version=1, why="a joke"), MARIA)
    with desk.open() as uow, pytest.raises(IllegalTransitionError, match="DRAFT-1 is rejected"):
        confirm_draft(uow, ConfirmDraft(key="c1", draft=draft.id, version=2), MARIA)

    assert rejected.state is DraftState.REJECTED
    assert rejected.notes == ("rejected by maria: a joke",)


def test_a_version_nobody_looked_at_is_not_confirmed_and_a_second_order_must_be_meant(desk: Desk) -> None:
    draft = taken(desk, ("VALVE-3", "12"))
    with desk.open() as uow, pytest.raises(ConflictError, match="DRAFT-1 is at version 1, not 2"):
        confirm_draft(uow, ConfirmDraft(key="c1", draft=draft.id, version=2), MARIA)
    desk.alter("UPDATE sales_orders SET customer_po = '4711' WHERE number = 'SO-1'")

    with desk.open() as uow, pytest.raises(DuplicateOrderError, match="SO-1"):
        confirm_draft(uow, ConfirmDraft(key="c1", draft=draft.id, version=1), MARIA)
    with desk.open() as uow:
        done = confirm_draft(uow, ConfirmDraft(key="c2", draft=draft.id, version=1, second_meant=True), MARIA)

    assert done.order is not None


def _values(draft: DraftOrder, *values: tuple[str, str]) -> SetValues:
    return SetValues(key="s1", draft=draft.id, version=draft.version, values=values)
