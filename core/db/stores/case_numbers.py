"""Ids of cases as people see them, and the row keys behind them."""

from core.domain.errors import NotFoundError
from core.domain.ids import CaseId

_PREFIX = "CASE-"


def case_number(case: CaseId) -> int:
    """The row key behind a case id; NotFoundError when it is not of the form CASE-17."""
    digits = case.removeprefix(_PREFIX)
    if digits == case or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError(f"there is no case {case!r}; case ids look like 'CASE-17'")
    return int(digits)


def case_id(number: int) -> CaseId:
    """The id people see."""
    return CaseId(f"{_PREFIX}{number}")
