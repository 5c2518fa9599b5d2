"""What the services need of storage for the policy: versions, what rules decided, delegations, suggestions."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from core.domain.approval import Approval
from core.domain.delegating import Delegation
from core.domain.ids import ApprovalId
from core.domain.learning import Suggestion, SuggestionState
from core.domain.master_data import MasterDataRequest
from core.domain.policies import Demotion, PolicyVersion


class PolicyStore(Protocol):
    """Versions are added and never changed; the newest holds."""

    def current(self) -> PolicyVersion: ...
    def history(self) -> tuple[PolicyVersion, ...]: ...
    def add(self, version: PolicyVersion, *, request: str) -> None: ...
    def asked(self) -> int:
        """How many changes were ever asked for."""
        ...

    def waiting(self) -> MasterDataRequest | None:
        """The change that waits for another person."""
        ...

    def demotions(self, number: int) -> tuple[Demotion, ...]: ...
    def demote(self, demotion: Demotion, *, approval: ApprovalId) -> bool:
        """Take a rule down at once; False when it is down already."""
        ...

    def judged_since(self, since: datetime) -> tuple[Approval, ...]:
        """The approvals asked for since then, oldest first."""
        ...


class RulingStore(Protocol):
    """What rules decided, and the sums of a day."""

    def lock_sums(self) -> None:
        """Hold the sums until the transaction ends: nobody else decides by a rule meanwhile."""
        ...

    def sums(self, scope: str, day: date) -> tuple[Decimal, int]:
        """Money and number of what rules decided on a day for a customer or supplier."""
        ...

    def record(self, approval: Approval, *, rule: str, version: str, day: date, scopes: Sequence[str]) -> None: ...


class DelegationStore(Protocol):
    """Who decides in whose stead."""

    def add(self, delegation: Delegation) -> Delegation:
        """Keep one; the number is given to it."""
        ...

    def end(self, number: int) -> bool:
        """End it in the name of the one who acts; False when it was ended before."""
        ...

    def get(self, number: int) -> Delegation: ...
    def holding(self, on: date) -> tuple[Delegation, ...]:
        """Those that hold on a day, by number."""
        ...

    def listed(self) -> tuple[Delegation, ...]: ...


class SuggestionStore(Protocol):
    """Suggestions by code; one is made once."""

    def add(self, suggestion: Suggestion) -> bool: ...
    def get(self, code: str) -> Suggestion: ...
    def listed(self, state: SuggestionState) -> tuple[Suggestion, ...]: ...
    def settle(self, code: str, *, to: SuggestionState, comment: str) -> None:
        """The word of the one who acts; ConflictError when it was settled before."""
        ...

    def complain(self, approval: ApprovalId, why: str) -> None:
        """Keep what somebody complains of."""
        ...

    def complained(self, approval: ApprovalId) -> bool:
        """Whether somebody complained of what was done under an approval."""
        ...
