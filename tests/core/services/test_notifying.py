"""Notices are put into the outbox once a channel, and leave it at most once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import LiteralString

from core.domain.ids import CarrierCode
from core.domain.jobs import JobName
from core.domain.notices import Event, shipped_words, tracking_link
from core.domain.proposals import MessageState
from core.domain.shipments import Shipment, ShipmentLine
from core.domain.users import WORKER_NAME
from core.services.notifying import dispatch_notices, tell_deadlines, tell_digest, tell_needs_decision, tell_shipped
from tests.board import Board
from tests.builders import HOUSTON, SO_1, VALVE, transfer
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.desk import Desk

EVERYTHING = {"ops": frozenset(Event), "buyers": frozenset({Event.DIGEST})}


def sent(desk: Desk, board: Board) -> list[MessageState]:
    return [message.state for message in dispatch_notices(desk.open_uow, board, by=WORKER_NAME)]


def test_who_wants_to_know_is_told_once_that_a_decision_is_wanted(desk: Desk) -> None:
    approval, board = desk.proposed(transfer()), Board()

    with desk.open() as uow:
        told = [tell_needs_decision(uow, approval.id, EVERYTHING) for _ in range(2)]
    desk.decide(approval)
    with desk.open() as uow:
        late = tell_needs_decision(uow, approval.id, {"others": frozenset(Event)})

    assert (told, late, sent(desk, board), sent(desk, board)) == ([1, 0], 0, [MessageState.SENT], [])
    ((channel, subject, body),) = board.shown
    assert (channel, subject) == ("ops", "CASE-1 needs a decision: Made by hand")
    assert body.endswith(f"expediter approve {approval.id}\n")
    assert "needs one person" in body


def test_people_are_told_once_that_the_time_to_decide_runs_out(desk: Desk) -> None:
    approval = desk.proposed(transfer())
    with desk.open() as uow:
        early = tell_deadlines(uow, EVERYTHING)
    desk.clock.now = approval.expires_at - timedelta(hours=1)
    with desk.open() as uow:
        near = [tell_deadlines(uow, EVERYTHING) for _ in range(2)]
    desk.clock.now = approval.expires_at + timedelta(seconds=1)
    with desk.open() as uow:
        over = tell_deadlines(uow, EVERYTHING)

    assert (early, near, over, sent(desk, Board())) == (0, [1, 0], 0, [MessageState.SENT])


def test_the_digest_is_of_the_morning_where_the_company_is(desk: Desk) -> None:
    approval, board = desk.proposed(transfer()), Board()
    morning = desk.clock.read().replace(hour=0, minute=30)
    told = list[int]()

    for hour in range(24):
        desk.clock.now = morning + timedelta(hours=hour)
        with desk.open() as uow:
            told += [tell_digest(uow, EVERYTHING), tell_digest(uow, EVERYTHING)]
        sent(desk, board)

    assert sorted(told) == [0] * 47 + [2]
    assert {channel for channel, *_ in board.shown} == {"buyers", "ops"}
    assert f"{approval.id} of CASE-1" in board.shown[0][2]


def test_what_a_channel_did_not_confirm_is_left_to_a_person_and_not_sent_again(desk: Desk) -> None:
    approval, board = desk.proposed(transfer()), Board(broken=frozenset({"ops"}))
    with desk.open() as uow:
        tell_needs_decision(uow, approval.id, EVERYTHING)

    first = sent(desk, board)
    board.broken = frozenset()

    assert (first, sent(desk, board), board.shown) == ([MessageState.UNKNOWN], [], [])
    with desk.open() as uow:
        assert [task.subject for task in uow.tasks.listed()] == [f"message notice:needs_decision:{approval.id}:ops"]


def test_what_a_dead_worker_had_claimed_is_not_sent_a_second_time(desk: Desk) -> None:
    approval, board = desk.proposed(transfer()), Board()
    with desk.open() as uow:
        tell_needs_decision(uow, approval.id, EVERYTHING)
    with desk.open(WORKER_NAME) as uow:
        assert uow.outbox.claim(limit=5) == ()
        assert uow.outbox.claim_notice(channels=["ops"]) is not None

    at_once = sent(desk, board)
    desk.clock.now += timedelta(minutes=3)

    assert (at_once, sent(desk, board), board.shown) == ([], [MessageState.UNKNOWN], [])


def test_a_shipment_is_told_in_the_language_of_the_country_with_a_link_where_there_is_one() -> None:
    line = ShipmentLine(position=1, line=1, item=VALVE, quantity=5)
    shipment = Shipment(
        number="SH-1",
        order=SO_1,
        location=HOUSTON,
        ship_on=date(2026, 3, 2),
        expected_on=date(2026, 3, 4),
        shipped_on=date(2026, 3, 2),
        carrier=CarrierCode("UPS"),
        tracking_number="1Z999",
        lines=(line,),
    )

    subject, body = shipped_words(shipment, country="DE", company="Gulf Valve")

    assert subject == f"Ihre Bestellung {SO_1} ist unterwegs"
    assert body.splitlines() == [
        "sie hat uns am 2026-03-02 verlassen.",
        "Erwartet: 2026-03-04",
        "Mit UPS: 1Z999",
        "https://www.ups.com/track?tracknum=1Z999",
        "",
        "Gulf Valve",
    ]
    assert shipped_words(replace(shipment, carrier=None), country="JP", company="G")[1].startswith("it left us on")
    assert tracking_link("UPS", "1Z?x=http://evil") == ()


def test_the_customer_is_told_once_that_a_shipment_left(
    desk: Desk, books_as_superuser: Callable[[LiteralString], None]
) -> None:
    books_as_superuser("UPDATE customers SET email = 'buyer@mesa.example', country = 'FR' WHERE code = 'MESA'")
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    with desk.open() as uow:
        (job,) = [job for job in uow.jobs.listed(limit=50) if job.name is JobName.SHIPMENT_TELL]
        told = [tell_shipped(uow, str(job.args["shipment"])) for _ in range(2)]
        (message,) = uow.outbox.claim(limit=5)

    assert (told, message.key) == ([True, False], "shipped:SO-2-S1")
    assert message.payload["recipient"] == "buyer@mesa.example"
    assert message.payload["subject"] == "Votre commande SO-2 est en route"
