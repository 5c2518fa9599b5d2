"""A source speaks for a partner there is, as a program, with a secret worth the name."""

import pytest

from core.domain.errors import ConflictError, DomainError, InvalidValueError, NotFoundError
from core.domain.ids import UserName
from core.domain.inbound import SourceKind, SourceName
from core.domain.signing import SignatureStyle
from core.services.inbound.sources import MakeSource, make_source
from tests.builders import PAUL
from tests.core.services.inbound.partners import PROGRAM, SECRET, program, source
from tests.desk import Desk


@pytest.fixture(autouse=True)
def _program(desk: Desk) -> None:
    program(desk)


def make(desk: Desk, *, secret: str = SECRET, **values: object) -> None:
    fields = {
        "name": SourceName("gulf"),
        "kind": SourceKind.SUPPLIER,
        "party": "GULF",
        "style": SignatureStyle.OURS,
        "acts_as": PROGRAM.name,
    }
    with desk.open() as uow:
        make_source(uow, MakeSource(**fields | values), secret=secret)  # type: ignore[arg-type]  # of many types


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"name": "Gulf"}, InvalidValueError),
        ({"name": "../gulf"}, InvalidValueError),
        ({"name": "g" * 51}, InvalidValueError),
        ({"party": "NOBODY"}, NotFoundError),
        ({"kind": SourceKind.CARRIER}, NotFoundError),
        ({"kind": SourceKind.WAREHOUSE}, NotFoundError),
        ({"acts_as": PAUL.name}, InvalidValueError),
        ({"acts_as": UserName("stranger")}, NotFoundError),
        ({"secret": "short"}, InvalidValueError),
        ({"secret": "a secret with \x00 in it"}, InvalidValueError),
    ],
)
def test_what_is_no_source_is_refused(desk: Desk, values: dict[str, object], error: type[DomainError]) -> None:
    with pytest.raises(error) as refused:
        make(desk, **values)  # type: ignore[arg-type]  # of many types

    assert SECRET not in refused.value.message
    with desk.open() as uow:
        assert uow.inbound.sources() == ()


def test_a_name_is_used_once(desk: Desk) -> None:
    source(desk)

    with pytest.raises(ConflictError, match="already"):
        source(desk, party="DELTA")


def test_the_audit_log_knows_who_made_it_and_no_secret(desk: Desk) -> None:
    source(desk)

    with desk.open() as uow:
        ((_, who, event, _, facts),) = uow.audit.trail("hook:gulf")
    assert (who, event) == ("maria", "hook_source_made")
    assert SECRET not in facts
