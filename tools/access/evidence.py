"""What may be found out about a case: stock elsewhere, and suppliers' answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from core.domain.evidence import CaseEvidence, EvidenceNote
from core.domain.ids import CaseId, SupplierCode
from core.domain.options import StockElsewhere
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRefusal, QuoteRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A supplier gave no usable answer; `code` is the stable code of what happened."""

    supplier: SupplierCode
    code: str


class EvidenceNeeds(Protocol):
    """What a case needs to know: stock elsewhere is known at once, the rest is still to be asked."""

    @property
    def stock(self) -> tuple[StockElsewhere, ...]: ...
    @property
    def quotes(self) -> tuple[QuoteRequest, ...]: ...
    @property
    def expedites(self) -> tuple[ExpediteRequest, ...]: ...


class EvidenceGathering(Protocol):
    """Evidence is asked for and kept on the case; asking commits nobody."""

    def needs(self, case: CaseId) -> EvidenceNeeds:
        """What should be found out before options are worked out."""
        ...

    def names(self) -> Mapping[str, str]:
        """Every place and supplier by code, with the name people use."""
        ...

    def ask_price(self, request: QuoteRequest) -> Quote | QuoteRefusal | Unanswered:
        """Ask a supplier; nothing is ordered."""
        ...

    def ask_expedite(self, request: ExpediteRequest) -> ExpediteQuote | QuoteRefusal | Unanswered:
        """Ask a supplier; nothing is moved."""
        ...

    def background(self, case: CaseId, about: str) -> tuple[EvidenceNote, ...]:
        """What is known of the `substitutes`, the `capacity` or the `customers` of a case."""
        ...

    def evidence(self, case: CaseId) -> CaseEvidence:
        """The evidence kept on a case."""
        ...

    def record_evidence(self, case: CaseId, evidence: CaseEvidence) -> None:
        """Keep this as the evidence on a case, in place of what was there."""
        ...
