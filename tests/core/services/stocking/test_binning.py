"""Where an item lies is said once a command, and a place without a name is refused."""

import pytest

from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import LocationCode
from core.services.stocking.binning import BinKept, PutInBin, put_in_bin
from tests.builders import RENO, VALVE
from tests.desk import Desk


def test_the_last_word_counts_and_nonsense_is_refused(desk: Desk) -> None:
    with desk.open() as uow:
        first = PutInBin(key="1", location=RENO, item=VALVE, zone="A", bin="01")
        assert put_in_bin(uow, first) == put_in_bin(uow, first) == BinKept(zone="A", bin="01")
        put_in_bin(uow, PutInBin(key="2", location=RENO, item=VALVE, zone="B", bin="07"))
        trail = uow.audit.trail("location:RENO")

    assert [event for _, _, event, _, _ in trail] == ["bin_set", "bin_set"]
    with desk.open() as uow, pytest.raises(InvalidValueError, match="a bin has a name"):
        put_in_bin(uow, PutInBin(key="3", location=RENO, item=VALVE, zone="B", bin=" "))
    with desk.open() as uow, pytest.raises(NotFoundError):
        put_in_bin(uow, PutInBin(key="4", location=LocationCode("MOON"), item=VALVE, zone="B", bin="1"))
    with desk.open() as uow:
        assert len(uow.audit.trail("location:RENO")) == 2
