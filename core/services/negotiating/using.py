"""A price named in a negotiation is a quote of its case like any other: the planner reads it, people approve to buy."""

from dataclasses import replace

from core.domain.evidence import quote_evidence_id
from core.domain.ids import CaseId
from core.domain.quotes import Quote
from core.ports.storage import UnitOfWork


def keep_quote(uow: UnitOfWork, case: CaseId, quote: Quote) -> None:
    """Evidence of the case, in the place of an older quote of this supplier."""
    kept = uow.cases.evidence(case)
    others = tuple(one for one in kept.quotes if one.supplier != quote.supplier)
    quotes = tuple(sorted((*others, quote), key=quote_evidence_id))
    uow.cases.save_evidence(case, replace(kept, quotes=quotes))
