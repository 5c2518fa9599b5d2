"""Ids of inquiries as people see them, and the row keys behind them."""

from core.domain.errors import NotFoundError
from core.domain.ids import InquiryId

_PREFIX = "INQ-"


def inquiry_number(inquiry: str) -> int:
    """The row key behind an inquiry's id; NotFoundError when it is not of the form INQ-3."""
    digits = inquiry.removeprefix(_PREFIX)
    if digits == inquiry or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError(f"there is no inquiry {inquiry!r}; ids of inquiries look like 'INQ-3'")
    return int(digits)


def inquiry_id(number: int) -> InquiryId:
    """The id people see."""
    return InquiryId(f"{_PREFIX}{number}")
