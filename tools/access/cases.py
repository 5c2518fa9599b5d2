"""What may be asked about cases and the approvals they wait for."""

from typing import Protocol

from core.domain.approval import Approval
from core.domain.cases import Case
from core.domain.ids import ApprovalId, CaseId


class CaseReads(Protocol):
    """Cases and approvals, as they are."""

    def cases(self) -> tuple[Case, ...]:
        """Every case, by number."""
        ...

    def case(self, case: CaseId) -> Case:
        """A case by id."""
        ...

    def approvals(self, case: CaseId) -> tuple[Approval, ...]:
        """The approvals of a case, oldest first."""
        ...

    def approval(self, approval: ApprovalId) -> Approval:
        """An approval by id."""
        ...
