"""Evidence, over the services and the suppliers. No unit of work is open while a supplier is asked."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from core.domain.evidence import CaseEvidence, EvidenceNote
from core.domain.ids import CaseId, LocationCode, SupplierCode
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRefusal, QuoteRequest
from core.ports.suppliers import SupplierError
from core.services import background, resolving
from tools.access.evidence import Unanswered
from tools.serving.served import Served

Answer = TypeVar("Answer")


class ServedEvidence(Served):
    """Fulfils EvidenceGathering."""

    __slots__ = ()

    def needs(self, case: CaseId) -> resolving.EvidenceNeeds:
        """What should be found out before options are worked out."""
        with self.open_uow(self.actor) as uow:
            return resolving.evidence_needs(uow, case)

    def names(self) -> Mapping[str, str]:
        """Every place and supplier by code, with the name people use."""
        with self.open_uow(self.actor) as uow:
            snapshot = uow.snapshot()
            places = {code: uow.costs.location(LocationCode(code)).name for code in snapshot.locations.code}
            parties = snapshot.parties
            return {**places, **dict(zip(parties.supplier, parties.supplier_name, strict=True))}

    def ask_price(self, request: QuoteRequest) -> Quote | QuoteRefusal | Unanswered:
        """Ask a supplier; nothing is ordered."""
        return _answered(request.supplier, lambda: self.suppliers.request_quote(request))

    def ask_expedite(self, request: ExpediteRequest) -> ExpediteQuote | QuoteRefusal | Unanswered:
        """Ask a supplier; nothing is moved."""
        return _answered(request.supplier, lambda: self.suppliers.quote_expedite(request))

    def background(self, case: CaseId, about: str) -> tuple[EvidenceNote, ...]:
        """What is known of one subject of a case."""
        with self.open_uow(self.actor) as uow:
            return background.background(uow, case, about)

    def evidence(self, case: CaseId) -> CaseEvidence:
        """The evidence kept on a case."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.evidence(case)

    def record_evidence(self, case: CaseId, evidence: CaseEvidence) -> None:
        """Keep this as the evidence on a case."""
        with self.open_uow(self.actor) as uow:
            resolving.record_evidence(uow, case, evidence)


def _answered(supplier: SupplierCode, ask: Callable[[], Answer]) -> Answer | Unanswered:
    try:
        return ask()
    except SupplierError as error:
        return Unanswered(supplier=supplier, code=error.code)
