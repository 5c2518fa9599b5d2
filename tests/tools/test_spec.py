"""Refusals: every error of the core becomes an answer that says what to do next."""

import pytest

from core.domain.errors import (
    ConflictError,
    DomainError,
    InvalidValueError,
    NotAuthorisedError,
    NotFoundError,
    ProposalStaleError,
    StorageUnavailableError,
)
from core.domain.ids import CaseId
from tests.tools.fakes import FakeCore
from tests.tools.samples import Needs
from tools.registry import toolset
from tools.spec import NextStep, Refusal, refusal_of


@pytest.mark.parametrize(
    ("error", "step"),
    [
        (InvalidValueError("x", field="quantity"), NextStep.FIXABLE),
        (NotFoundError("x"), NextStep.FIXABLE),
        (ConflictError("x"), NextStep.FIXABLE),
        (ProposalStaleError("x"), NextStep.FIXABLE),
        (NotAuthorisedError("x"), NextStep.NEEDS_APPROVAL),
        (StorageUnavailableError("x"), NextStep.FAILED),
    ],
)
def test_an_error_says_what_to_do_next(error: DomainError, step: NextStep) -> None:
    refusal = refusal_of(error)

    assert (refusal.code, refusal.message, refusal.next) == (error.code, "x", step)


def test_the_field_to_correct_is_named() -> None:
    assert refusal_of(InvalidValueError("x", field="quantity")).field == "quantity"
    assert refusal_of(InvalidValueError("x", field=3)).field is None


@pytest.mark.parametrize(
    ("arguments", "field", "message"),
    [
        ({}, "case", "case = nothing: Field required"),
        ({"case": 17}, "case", "case = 17: Input should be a valid string"),
        ({"case": "CASE-1", "approve": True}, "approve", "approve = True: Extra inputs are not permitted"),
    ],
)
def test_arguments_that_do_not_fit_are_named(arguments: dict[str, object], field: str, message: str) -> None:
    core = FakeCore()

    refusal = toolset(core).call("find_stock_elsewhere", arguments)

    assert refusal == Refusal(code="invalid_value", message=message, next=NextStep.FIXABLE, field=field)
    assert core.calls == []


def test_an_unknown_case_is_fixable() -> None:
    refusal = toolset(FakeCore()).call("show_case", {"case": "CASE-9"})

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.next) == ("not_found", NextStep.FIXABLE)


def test_what_is_no_error_of_the_core_is_not_hidden() -> None:
    class Broken(FakeCore):
        def needs(self, case: CaseId) -> Needs:
            raise RuntimeError("a defect")

    with pytest.raises(RuntimeError, match="a defect"):
        toolset(Broken()).call("find_stock_elsewhere", {"case": "CASE-1"})
