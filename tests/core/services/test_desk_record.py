"""The desk's record: what people made of its proposals by action, what came of its plans, what models cost."""

from datetime import date, timedelta

import pytest

from core.domain.approval import DecisionKind
from core.domain.errors import InvalidValueError
from core.domain.plans import Resolution
from core.domain.runs import ModelCall, ModelUse
from core.services.desk_record import ActionRecord, DeskRecord, RecordAsked, desk_record, model_record
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import MARIA, buy, transfer
from tests.desk import Desk

WHOLE = RecordAsked(first=date(2020, 1, 1), last=date(2029, 12, 31))


def record(desk: Desk, asked: RecordAsked = WHOLE) -> DeskRecord:
    with desk.open() as uow:
        return desk_record(uow, asked)


def test_each_action_counts_what_people_made_of_it(desk: Desk) -> None:
    done = desk.executed(transfer())
    with desk.open() as uow:
        verify(uow, done.id)
    desk.decide(desk.proposed(buy(), root="item 2"), kind=DecisionKind.REJECT)
    desk.proposed(transfer(reference="TO-9"), root="item 3")  # waits still, so nothing was made of it

    found = record(desk)

    assert found.decided == 2
    assert found.actions == (
        ActionRecord(action=Resolution.TRANSFER, decided=1, taken=1, rejected=0, changed=0, otherwise=0),
        ActionRecord(action=Resolution.BUY, decided=1, taken=0, rejected=1, changed=0, otherwise=0),
    )


def test_what_was_undone_was_taken_and_came_out_otherwise(desk: Desk) -> None:
    done = desk.executed(transfer())
    with desk.open(MARIA.name) as uow:
        undo(uow, done.id, MARIA)

    (one,) = record(desk).actions

    assert (one.taken, one.otherwise) == (1, 1)


def test_a_plan_looked_at_again_stands_with_the_book_predicted_and_found(desk: Desk) -> None:
    done = desk.executed(transfer())
    before = record(desk)
    with desk.open() as uow:
        verification = verify(uow, done.id)

    after = record(desk)

    assert (before.outcomes, before.looked_at) == ((), 0)
    (one,) = after.outcomes
    assert (one.approval, one.case, one.verified) == (done.id, done.case, verification.verified)
    assert (one.predicted, one.realised) == (verification.predicted, verification.realised)
    assert (after.looked_at, after.as_predicted) == (1, int(verification.verified))


def test_a_period_holds_its_first_and_last_day_and_no_other(desk: Desk) -> None:
    done = desk.executed(transfer())
    with desk.open() as uow:
        verify(uow, done.id)
        day = uow.now.date()

    def counted(first: date, last: date) -> tuple[int, int]:
        found = record(desk, RecordAsked(first=first, last=last))
        return found.decided, found.looked_at

    one = timedelta(days=1)
    assert counted(day, day) == (1, 1)
    assert counted(day - one, day - one) == counted(day + one, day + one) == (0, 0)


@pytest.mark.parametrize(("first", "last"), [("2026-03-02", "2026-03-01"), ("2010-01-01", "2026-03-01")])
def test_a_period_that_is_none_is_refused(desk: Desk, first: str, last: str) -> None:
    asked = RecordAsked(first=date.fromisoformat(first), last=date.fromisoformat(last))

    with desk.open() as uow, pytest.raises(InvalidValueError, match="the period"):
        desk_record(uow, asked)


def test_models_are_counted_by_model_and_purpose_with_calls_nobody_knows_the_price_of(desk: Desk) -> None:
    def call(purpose: str, *, micros: int | None, failure: str = "") -> ModelCall:
        return ModelCall(
            run=run,
            purpose=purpose,
            verb="choose",
            model="small",
            prompt_hash="h",
            prompt_tokens=100,
            completion_tokens=20,
            micros=micros,
            failure=failure,
        )

    with desk.open() as uow:
        run = uow.runs.begin(graph="chat", subject="CHAT-1")
        for one in (call("chat", micros=30), call("chat", micros=None, failure="timeout"), call("advice", micros=5)):
            uow.model_calls.add(one)
        found = model_record(uow, WHOLE)

    assert found.uses == (
        ModelUse(model="small", purpose="advice", calls=1, unused=0, tokens=120, micros=5, unpriced=0),
        ModelUse(model="small", purpose="chat", calls=2, unused=1, tokens=240, micros=30, unpriced=1),
    )


def test_books_whose_business_date_lags_behind_the_clock_count_what_is_done_now(desk: Desk) -> None:
    desk.clock.pass_by(days=20)
    desk.executed(transfer())

    assert record(desk, RecordAsked()).decided == 1
