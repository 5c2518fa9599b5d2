"""Every contact with a customer is on the timeline, with who, by which channel and in which direction."""

from dataclasses import replace

import pytest

from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import OrderNo
from core.domain.order_terms import Channel
from core.domain.timeline import Direction, TimelineKind
from core.services.ordering.contacting import RecordContact, record_contact
from tests.builders import SO_1
from tests.core.services.ordering.entries import counts
from tests.desk import Desk

CALL = RecordContact(
    key="t-1",
    order=SO_1,
    line=1,
    who="Ann",
    channel=Channel.PHONE,
    direction=Direction.OUT,
    text="Told her that the valves come on Friday.",
)


def test_a_call_is_on_the_timeline_once(desk: Desk) -> None:
    with desk.open() as uow:
        told = record_contact(uow, CALL)
        assert record_contact(uow, CALL) == told

    with desk.open() as uow:
        assert uow.orders.timeline(SO_1) == (told,)
    assert (told.kind, told.who, told.channel, told.direction) == (
        TimelineKind.CONTACT,
        "Ann",
        Channel.PHONE,
        Direction.OUT,
    )


@pytest.mark.parametrize(
    "change", [{"text": " "}, {"text": "\0"}, {"who": ""}, {"who": "\ud800"}, {"text": "x" * 4001}]
)
def test_a_contact_that_says_nothing_is_refused(desk: Desk, change: dict[str, str]) -> None:
    before = counts(desk)

    with pytest.raises(InvalidValueError), desk.open() as uow:
        record_contact(uow, replace(CALL, **change))

    assert counts(desk) == before


def test_a_contact_about_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="SO-1/9"), desk.open() as uow:
        record_contact(uow, replace(CALL, line=9))
    with pytest.raises(NotFoundError, match="SO-9"), desk.open() as uow:
        record_contact(uow, replace(CALL, line=None, order=OrderNo("SO-9")))
