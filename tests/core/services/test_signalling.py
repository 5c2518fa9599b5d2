"""What is said from outside is kept once, makes a case where it hits something, and is settled once."""

from dataclasses import replace

import pytest

from core.domain.cases import ExceptionType
from core.domain.errors import ConflictError, InvalidValueError, NotFoundError
from core.domain.ids import SupplierCode
from core.domain.signals import Signal, SignalKind
from core.planning.rules import ScanRules
from core.services.scanning import ScanCommand, scan
from core.services.signalling import RaiseSignal, SettleSignal, raise_signal, settle_signal
from tests.builders import GULF, SO_1, day
from tests.desk import Desk

STORM = Signal(
    reference="S-1",
    kind=SignalKind.DISRUPTION,
    subject="supplier GULF",
    text="A storm closes Gulf",
    supplier=GULF,
    first=day(0),
    last=day(30),
)


def types(desk: Desk) -> set[ExceptionType]:
    with desk.open() as uow:
        return {case.detected.type for case in scan(uow, ScanCommand(rules=ScanRules())).cases}


def test_a_declared_disruption_is_a_case_until_it_is_settled(desk: Desk) -> None:
    assert ExceptionType.EXTERNAL_DISRUPTION not in types(desk)

    with desk.open() as uow:
        raise_signal(uow, RaiseSignal(key="k1", signal=STORM))
        raise_signal(uow, RaiseSignal(key="k1", signal=STORM))
    assert ExceptionType.EXTERNAL_DISRUPTION in types(desk)

    with desk.open() as uow:
        settle_signal(uow, SettleSignal(key="k2", reference="S-1", outcome="Gulf works again"))
        assert uow.signals.open() == ()
        assert uow.signals.get("S-1") == replace(STORM, settled=True, outcome="Gulf works again")
    assert ExceptionType.EXTERNAL_DISRUPTION not in types(desk)


def test_a_signal_is_settled_once(desk: Desk) -> None:
    with desk.open() as uow:
        raise_signal(uow, RaiseSignal(key="k1", signal=STORM))
        settle_signal(uow, SettleSignal(key="k2", reference="S-1", outcome="over"))
        with pytest.raises(ConflictError, match="settled"):
            settle_signal(uow, SettleSignal(key="k3", reference="S-1", outcome="again"))


def test_a_signal_about_nobody_known_is_not_kept(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="'NOBODY'"), desk.open() as uow:
        raise_signal(uow, RaiseSignal(key="k1", signal=replace(STORM, supplier=SupplierCode("NOBODY"))))

    with desk.open() as uow:
        assert uow.signals.open() == ()


@pytest.mark.parametrize(
    "change",
    [
        {"confidence": 101},
        {"text": " "},
        {"first": day(3), "last": day(2)},
        {"supplier": None},
        {"kind": SignalKind.CHANGE},
    ],
    ids=["confidence", "text", "days", "nobody", "no order"],
)
def test_a_signal_says_what_it_must(change: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        replace(STORM, **change)


def test_a_change_names_its_order(desk: Desk) -> None:
    asked = Signal(reference="S-2", kind=SignalKind.CHANGE, subject="order SO-1", text="60 instead of 40", order=SO_1)

    with desk.open() as uow:
        raise_signal(uow, RaiseSignal(key="k1", signal=asked))
        assert uow.signals.open() == (asked,)
