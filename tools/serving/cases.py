"""Cases and approvals, over the services."""

from core.domain.approval import Approval
from core.domain.cases import Case
from core.domain.ids import ApprovalId, CaseId
from tools.serving.served import Served


class ServedCases(Served):
    """Fulfils CaseReads."""

    __slots__ = ()

    def cases(self) -> tuple[Case, ...]:
        """Every case, by number."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.all()

    def case(self, case: CaseId) -> Case:
        """A case by id."""
        with self.open_uow(self.actor) as uow:
            return uow.cases.get(case)

    def approvals(self, case: CaseId) -> tuple[Approval, ...]:
        """The approvals of a case, oldest first."""
        with self.open_uow(self.actor) as uow:
            return uow.approvals.of_case(case)

    def approval(self, approval: ApprovalId) -> Approval:
        """An approval by id."""
        with self.open_uow(self.actor) as uow:
            return uow.approvals.get(approval)
