"""Promising: available to promise with look-ahead, then capable to promise through lanes, bill of materials and
suppliers; plain Python on the columns, and the oracle of whatever is faster."""

from core.planning.promising.book import Book, open_book
from core.planning.promising.opened import USUAL, Opened, opened
from core.planning.promising.promise import promise, promise_together
from core.planning.promising.rules import PromisingRules

__all__ = ["USUAL", "Book", "Opened", "PromisingRules", "open_book", "opened", "promise", "promise_together"]
