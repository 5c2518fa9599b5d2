"""Ids of inquiries and of replies as people see them, and the row keys behind them."""

from core.domain.errors import NotFoundError
from core.domain.ids import InquiryId
from core.domain.inquiry_replies import ReplyId

_PREFIX, _REPLY = "INQ-", "REPLY-"


def inquiry_number(inquiry: str) -> int:
    """The row key behind an inquiry's id; NotFoundError when it is not of the form INQ-3."""
    digits = inquiry.removeprefix(_PREFIX)
    if digits == inquiry or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError(f"there is no inquiry {inquiry!r}; ids of inquiries look like 'INQ-3'")
    return int(digits)


def inquiry_id(number: int) -> InquiryId:
    """The id people see."""
    return InquiryId(f"{_PREFIX}{number}")


def reply_number(reply: str) -> int:
    """The row key behind a reply's id; NotFoundError when it is not of the form REPLY-3."""
    digits = reply.removeprefix(_REPLY)
    if digits == reply or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError(f"there is no reply {reply!r}; ids of replies look like 'REPLY-3'")
    return int(digits)


def reply_id(number: int) -> ReplyId:
    """The id people see."""
    return ReplyId(f"{_REPLY}{number}")
