"""What partners' programs send is kept once, if they signed just these bytes, and nothing is done yet."""

import pytest

from core.domain.errors import IdempotencyConflictError, InvalidValueError, SignatureRefusedError
from core.domain.inbound import LARGEST_MESSAGE, InboundState, SourceName
from core.domain.jobs import JobName
from core.domain.signing import SignatureStyle
from core.domain.webhooks import ROTATION
from core.services.inbound.sources import disable_source, rotate_source
from tests.core.services.inbound.partners import (
    SECRET,
    arrives,
    envelope,
    messages,
    program,
    signed,
    signed_by,
    source,
)
from tests.desk import Desk

RAW = envelope("supply.delayed", {"text": "a storm"})


@pytest.fixture(autouse=True)
def _program(desk: Desk) -> None:
    program(desk)


def test_a_signed_message_is_stored_and_asked_to_be_worked_on(desk: Desk) -> None:
    source(desk)

    taken = arrives(desk, RAW, signed(desk, RAW, number="whd-7"))

    (one,) = messages(desk)
    assert (taken.new, one.event, one.state) == (True, "whd-7", InboundState.STORED)
    with desk.open() as uow:
        assert uow.inbound.raw(one.id) == RAW
        assert JobName.HOOKS_TAKE in {job.name for job in uow.jobs.listed(limit=10)}


@pytest.mark.parametrize("style", [SignatureStyle.BASE64, SignatureStyle.HEX])
def test_partners_sign_in_their_own_ways(desk: Desk, style: SignatureStyle) -> None:
    source(desk, style=style)

    assert arrives(desk, RAW, signed_by(style, RAW)).new
    with pytest.raises(SignatureRefusedError):
        arrives(desk, RAW + b" ", signed_by(style, RAW))
    with pytest.raises(SignatureRefusedError):
        arrives(desk, RAW, signed(desk, RAW))


@pytest.mark.parametrize("name", ["gulf", "stranger"])
def test_what_is_forged_is_refused_alike_whoever_it_says_it_is_from(desk: Desk, name: str) -> None:
    source(desk)
    forged = signed(desk, RAW, secret="a guess of somebody else")

    with pytest.raises(SignatureRefusedError) as refused:
        arrives(desk, RAW, forged, name=name)
    with pytest.raises(SignatureRefusedError):
        arrives(desk, RAW, {}, name=name)

    assert refused.value.details == {}
    assert name not in refused.value.message
    assert messages(desk) == ()


def test_what_was_altered_on_the_way_is_refused(desk: Desk) -> None:
    source(desk)

    with pytest.raises(SignatureRefusedError):
        arrives(desk, RAW.replace(b"storm", b"party"), signed(desk, RAW))

    assert messages(desk) == ()


@pytest.mark.parametrize(("minutes", "taken"), [(-6, False), (-4, True), (4, True), (6, False)])
def test_what_was_signed_long_ago_is_refused(desk: Desk, minutes: int, taken: bool) -> None:
    source(desk)
    headers = signed(desk, RAW)
    desk.clock.pass_by(minutes=minutes)

    if taken:
        assert arrives(desk, RAW, headers).new
    else:
        with pytest.raises(SignatureRefusedError):
            arrives(desk, RAW, headers)


def test_the_same_again_is_answered_and_nothing_done(desk: Desk) -> None:
    source(desk)

    first = arrives(desk, RAW, signed(desk, RAW, number="n-1"))
    again = arrives(desk, RAW, signed(desk, RAW, number="n-1"))
    renamed = arrives(desk, RAW, signed(desk, RAW, number="n-2"))

    assert (first.new, again.new, renamed.new) == (True, False, False)
    assert len(messages(desk)) == 1


def test_another_message_under_a_number_that_was_used_is_refused(desk: Desk) -> None:
    source(desk)
    arrives(desk, RAW, signed(desk, RAW, number="n-1"))
    other = envelope("supply.delayed", {"text": "a flood"})

    with pytest.raises(IdempotencyConflictError):
        arrives(desk, other, signed(desk, other, number="n-1"))

    assert len(messages(desk)) == 1


def test_two_partners_may_use_the_same_numbers(desk: Desk) -> None:
    source(desk)
    source(desk, name="delta", party="DELTA")

    assert arrives(desk, RAW, signed(desk, RAW, number="n-1")).new
    assert arrives(desk, RAW, signed(desk, RAW, number="n-1"), name="delta").new


@pytest.mark.parametrize("number", ["x" * 201, "é"])
def test_a_number_that_is_none_is_refused(desk: Desk, number: str) -> None:
    source(desk)

    with pytest.raises(InvalidValueError, match="is not a number"):
        arrives(desk, RAW, signed(desk, RAW, number=number))


def test_a_huge_message_is_refused(desk: Desk) -> None:
    source(desk)
    huge = b'"' + b"x" * LARGEST_MESSAGE + b'"'

    with pytest.raises(InvalidValueError, match="too large"):
        arrives(desk, huge)

    assert messages(desk) == ()


def test_after_a_rotation_both_secrets_count_for_a_day(desk: Desk) -> None:
    source(desk)
    other = "another secret of the partner's"
    with desk.open() as uow:
        rotate_source(uow, SourceName("gulf"), secret=other)

    first, second, third = (envelope("supply.delayed", {"text": text}) for text in "abc")
    assert arrives(desk, first, signed(desk, first, secret=SECRET)).new
    assert arrives(desk, second, signed(desk, second, secret=other)).new
    desk.clock.now += ROTATION
    with pytest.raises(SignatureRefusedError):
        arrives(desk, third, signed(desk, third, secret=SECRET))
    assert arrives(desk, third, signed(desk, third, secret=other)).new


def test_nothing_is_taken_from_a_source_that_was_disabled(desk: Desk) -> None:
    source(desk)
    with desk.open() as uow:
        disable_source(uow, SourceName("gulf"))

    with pytest.raises(SignatureRefusedError):
        arrives(desk, RAW)
