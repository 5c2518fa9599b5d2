"""Promising as people use it: ask when, hold a quote, confirm an order."""

from core.services.promising.confirming import ConfirmOrder, LineConfirmed, OrderConfirmed, confirm
from core.services.promising.quoting import (
    InquirePromise,
    QuoteGiven,
    QuotePromise,
    QuoteWithdrawn,
    WithdrawQuote,
    inquire,
    quote,
    quoting_round,
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
    "quote",
    "quoting_round",
    "withdraw_quote",
]
