"""Somebody decides in another's stead within what that person may, and nobody counts twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.approval import ApprovalState
from core.domain.delegating import Delegation
from core.domain.errors import InvalidValueError, NotAuthorisedError
from core.domain.ids import UserName
from core.domain.users import User
from core.services.delegating import DelegateCommand, authority_lost, delegate, end_delegation, stand_ins, why_not_now
from core.services.execution import ExecutionState
from tests.builders import MARIA, OMAR, PAUL, VIVIAN, buy, transfer
from tests.desk import Desk


def given(
    desk: Desk, to: UserName, *, of: UserName = MARIA.name, by: UserName = MARIA.name, days: int = 3
) -> Delegation:
    today = desk.clock.now.date()
    wanted = DelegateCommand(
        delegator=of, delegate=to, first=today, last=today + timedelta(days=days), reason="on holiday"
    )
    with desk.open(by) as uow:
        return delegate(uow, wanted)


def test_a_delegate_decides_with_the_role_and_limit_of_who_is_away_in_the_own_name(desk: Desk) -> None:
    approval = desk.proposed(buy(100))
    with pytest.raises(NotAuthorisedError, match="the limit of 'paul' is 500"):
        desk.decide(approval, PAUL)
    held = given(desk, PAUL.name)

    with desk.open() as uow:
        assert stand_ins(uow, approval) == (held,)
    (said,) = desk.decide(approval, PAUL).decisions

    assert (said.user, said.role, said.on_behalf_of) == (PAUL.name, MARIA.role, MARIA.name)
    assert desk.execute(approval).state is ExecutionState.EXECUTED


def test_an_authority_counts_once_whoever_uses_it(desk: Desk) -> None:
    given(desk, PAUL.name)
    approval = desk.decide(desk.proposed(buy(1000)), PAUL)

    with pytest.raises(NotAuthorisedError, match=r"'paul' has decided on AP-1-1A in the stead of 'maria'"):
        desk.decide(approval, MARIA)

    assert desk.decide(approval, OMAR).state is ApprovalState.APPROVED


def test_nobody_decides_on_what_the_one_who_is_away_proposed(desk: Desk) -> None:
    given(desk, VIVIAN.name)
    _, (option,) = desk.offered([transfer()])
    approval = desk.propose(option, by=MARIA.name)

    with pytest.raises(NotAuthorisedError, match="role 'viewer' may not decide"):
        desk.decide(approval, VIVIAN)


def test_what_was_lent_is_not_passed_on(desk: Desk) -> None:
    given(desk, PAUL.name)
    given(desk, VIVIAN.name, of=PAUL.name, by=PAUL.name)

    with pytest.raises(NotAuthorisedError, match="role 'viewer' may not decide"):
        desk.decide(desk.proposed(buy(100)), VIVIAN)


def test_it_ends_by_its_day_or_by_a_word_and_what_was_approved_under_it_is_stale(desk: Desk) -> None:
    held = given(desk, PAUL.name)
    approval = desk.decide(desk.proposed(buy(100)), PAUL)
    with pytest.raises(NotAuthorisedError, match="may not end delegation"), desk.open(VIVIAN.name) as uow:
        end_delegation(uow, held.number)

    with desk.open(PAUL.name) as uow:
        assert end_delegation(uow, held.number).ended_by == PAUL.name

    with desk.open() as uow:
        assert authority_lost(uow, approval) == ("'paul' no longer stands in for 'maria'",)
    assert desk.execute(approval).state is ExecutionState.STALE
    assert not held.holds(held.last + timedelta(days=1))
    assert not replace(held, ended_by=PAUL.name).holds(held.first)


@pytest.mark.parametrize(
    ("to", "of", "by", "days", "error", "sentence"),
    [
        (PAUL, MARIA, PAUL, 3, NotAuthorisedError, "'paul' may not delegate for 'maria'"),
        (OMAR, PAUL, OMAR, 3, NotAuthorisedError, "by themselves"),
        (MARIA, MARIA, MARIA, 3, InvalidValueError, "are one person"),
        (PAUL, VIVIAN, OMAR, 3, InvalidValueError, "decides on nothing that could be delegated"),
        (PAUL, MARIA, MARIA, -1, InvalidValueError, "is no time to come"),
        (PAUL, MARIA, MARIA, 400, InvalidValueError, "longer than 92 days"),
    ],
)
def test_who_may_delegate_what_is_bounded(
    desk: Desk, to: User, of: User, by: User, days: int, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        given(desk, to.name, of=of.name, by=by.name, days=days)


def test_why_somebody_may_not_decide_now_is_the_rule_that_decisions_follow(desk: Desk) -> None:
    approval = desk.proposed(buy(1000))

    def says(user: User) -> str | None:
        with desk.open() as uow:
            return why_not_now(uow, user, uow.approvals.get(approval.id))

    assert "the limit of 'paul' is 500" in (says(PAUL) or "")
    given(desk, PAUL.name)
    assert says(PAUL) is None

    desk.decide(approval, PAUL)
    assert says(PAUL) == "'paul' has decided already; another person's word is awaited"
    assert says(MARIA) == "'paul' has decided on AP-1-1A in the stead of 'maria'"
    assert says(OMAR) is None
    desk.clock.now += timedelta(days=30)
    assert says(OMAR) == "the time to decide has passed"
