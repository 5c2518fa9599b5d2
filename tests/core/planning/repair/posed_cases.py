"""Real cases posed for the chooser, from small books."""

from dataclasses import replace

import numpy as np

from core.domain.evidence import CaseEvidence
from core.domain.quotes import Quote
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.repair.terms import CaseTerms, LineTerms
from core.planning.repair.together import CaseOnDesk
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, ItemAlternates, Snapshot
from tests.core.planning.repair.cases import first_case

FREE = LineTerms(splittable=True, substitutable=True, movable=True, may_lose=True)


def with_alternates(books: Snapshot, *pairs: tuple[str, str, int]) -> Snapshot:
    """The books with alternates of sold items: which for which, and how many millionths do the work of one."""
    code, none = books.items.code, np.zeros(len(pairs), dtype=np.int32)
    alternates = ItemAlternates(
        item=np.array([code.index(item) for item, _, _ in pairs], dtype=np.int32),
        alternate=np.array([code.index(other) for _, other, _ in pairs], dtype=np.int32),
        component=np.zeros(len(pairs), dtype=np.bool_),
        ratio=np.array([ratio for _, _, ratio in pairs]),
        priority=none,
        valid_from=none,
        valid_to=np.full(len(pairs), NEVER, dtype=np.int32),
        approval=np.zeros(len(pairs), dtype=np.bool_),
    )
    return replace(books, alternates=alternates)


def on_desk(books: Snapshot, *, quotes: tuple[Quote, ...] = (), terms: CaseTerms | None = None) -> CaseOnDesk:
    """The first case of the books with what is known of it."""
    case = first_case(books)
    evidence = CaseEvidence(stock=stock_elsewhere(books, net(books, ScanRules()), case), quotes=quotes)
    return CaseOnDesk(case=case, evidence=evidence, terms=terms or CaseTerms())
