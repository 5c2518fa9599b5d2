"""Books are netted for what-ifs once, as long as they stay as they are."""

from dataclasses import replace

import numpy as np

from core.planning.rules import Policy, ScanRules
from core.planning.snapshot import Claims, Snapshot
from core.planning.whatif.keeping import Kept
from tests.core.planning.books import AS_OF, book


def _books(units: int = 5) -> Snapshot:
    return book(items=[("A",)], stock=[("A", units)], demand=[("SO-1", 1, "A", 3, 4)])


def test_the_same_books_read_again_are_not_netted_again() -> None:
    kept = Kept()
    one = np.ones(1, dtype=np.int32)
    quoted = Claims(item=one * 0, location=one * 0, quantity=np.ones(1, dtype=np.int64), due=one * AS_OF)

    first = kept.of(_books(), ScanRules())

    assert kept.of(_books(), ScanRules()) is first
    assert kept.of(replace(_books(), claims=quoted), ScanRules()) is first


def test_other_books_another_day_and_other_rules_are_netted() -> None:
    kept = Kept()
    first = kept.of(_books(), ScanRules())

    less = kept.of(_books(2), ScanRules())
    later = kept.of(replace(_books(), as_of=AS_OF + 1), ScanRules())
    other = kept.of(_books(), ScanRules(policy=Policy.FIRST_COME))

    assert (first.result.line_short.tolist(), less.result.line_short.tolist()) == ([0], [1])
    assert (later.snapshot.as_of, other.rules.policy) == (AS_OF + 1, Policy.FIRST_COME)
