"""What machines do with their keys is counted by the minute and the day, for all processes together."""

from datetime import timedelta

import pytest

from core.domain.errors import LimitReachedError
from core.domain.identity import ApiKey, KeyId
from core.domain.permissions import Permission
from core.services.identity import MakeKey, make_key
from core.services.machine_use import count_use
from tests.builders import MARIA
from tests.desk import Desk


@pytest.fixture
def key(desk: Desk) -> ApiKey:
    """A key of Maria's: three calls a minute, and work of ten a day."""
    wanted = MakeKey(
        owner=MARIA.name, name="a client", permissions=frozenset({Permission.MCP_USE}), per_minute=3, per_day=10
    )
    with desk.open() as uow:
        return make_key(uow, wanted, id=KeyId("k1"), secret="s")


def use(desk: Desk, key: ApiKey, *weights: int) -> None:
    for weight in weights:
        with desk.open() as uow:
            count_use(uow, key, weight=weight)


def test_the_fourth_call_of_a_minute_is_refused_and_the_next_minute_begins_anew(desk: Desk, key: ApiKey) -> None:
    use(desk, key, 1, 1, 1)

    with pytest.raises(LimitReachedError, match="at most 3 calls a minute; come back in") as refused:
        use(desk, key, 1)
    wait = refused.value.details["retry_after"]

    assert isinstance(wait, int)
    assert 0 < wait <= 61
    desk.clock.pass_by(seconds=wait)
    use(desk, key, 1)


def test_the_work_of_a_day_is_counted_by_its_weight_and_refused_calls_are_not(desk: Desk, key: ApiKey) -> None:
    use(desk, key, 5, 1)

    with pytest.raises(LimitReachedError, match="at most 10 a day; 4 are left and this takes 5"):
        use(desk, key, 5)
    use(desk, key, 4)
    desk.clock.pass_by(minutes=2)
    with pytest.raises(LimitReachedError, match="0 are left and this takes 1") as refused:
        use(desk, key, 1)

    wait = refused.value.details["retry_after"]
    assert isinstance(wait, int)
    assert timedelta(hours=0) < timedelta(seconds=wait) <= timedelta(days=1)
    desk.clock.pass_by(seconds=wait)
    use(desk, key, 10)


def test_keys_are_counted_apart(desk: Desk, key: ApiKey) -> None:
    with desk.open() as uow:
        wanted = MakeKey(owner=MARIA.name, name="b", permissions=frozenset({Permission.MCP_USE}), per_minute=1)
        other = make_key(uow, wanted, id=KeyId("k2"), secret="s")
    use(desk, key, 1, 1)

    use(desk, other, 1)

    with pytest.raises(LimitReachedError):
        use(desk, other, 1)
    use(desk, key, 1)
