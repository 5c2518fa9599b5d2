"""What the services need of storage for negotiations with suppliers."""

from typing import Protocol

from core.domain.ids import CaseId, NegotiationId
from core.domain.negotiating.rounds import Negotiation, NegotiationState


class NegotiationStore(Protocol):
    """Negotiations with their rounds; `lock` holds the row until the transaction ends. The database refuses an offer
    outside the mandate, whatever is given."""

    def new_id(self) -> NegotiationId:
        """An id no negotiation has."""
        ...

    def add(self, negotiation: Negotiation) -> None:
        """A new negotiation that waits for a person; ConflictError while the supplier has another one of the case."""
        ...

    def save(self, negotiation: Negotiation) -> None:
        """The negotiation as it is from now on, rounds that are new or answered included."""
        ...

    def get(self, negotiation: NegotiationId) -> Negotiation:
        """A negotiation."""
        ...

    def lock(self, negotiation: NegotiationId) -> Negotiation:
        """A negotiation nobody else changes."""
        ...

    def listed(self, *states: NegotiationState) -> tuple[Negotiation, ...]:
        """The negotiations in these states, all without any, the newest first."""
        ...

    def of_case(self, case: CaseId) -> tuple[Negotiation, ...]:
        """The negotiations of a case, the oldest first."""
        ...
