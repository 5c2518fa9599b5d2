"""Promising as people use it: ask when, hold a quote, confirm an order."""

from core.domain.quoting import QuoteGiven, QuotePromise
from core.services.promising.confirming import ConfirmOrder, LineConfirmed, OrderConfirmed, confirm
from core.services.promising.quoting import (
    InquirePromise,
    QuoteWithdrawn,
    WithdrawQuote,
    inquire,
    prepare,
    quote,
    withdraw_quote,
)

__all__ = [
    "ConfirmOrder",
    "InquirePromise",
    "LineConfirmed",
    "OrderConfirmed",
    "QuoteGiven",
    "QuotePromise",
    "QuoteWithdrawn",
    "WithdrawQuote",
    "confirm",
    "inquire",
    "prepare",
    "quote",
    "withdraw_quote",
]
