"""Storage of inquiries: letters to suppliers with all their versions."""

from typing import Protocol

from core.domain.ids import CaseId, InquiryId, SupplierCode
from core.domain.inquiries import Inquiry, InquiryState


class InquiryStore(Protocol):
    """Inquiries; every version of one is kept for ever."""

    def new_id(self) -> InquiryId:
        """An id no inquiry has."""
        ...

    def add(self, inquiry: Inquiry) -> None:
        """A new inquiry."""
        ...

    def save(self, inquiry: Inquiry) -> None:
        """The inquiry as it is from now on; what its letter says may change with its version only."""
        ...

    def get(self, inquiry: InquiryId) -> Inquiry:
        """An inquiry; NotFoundError when there is none."""
        ...

    def lock(self, inquiry: InquiryId) -> Inquiry:
        """The same, and nobody else changes it until this transaction ends."""
        ...

    def listed(self, *states: InquiryState) -> tuple[Inquiry, ...]:
        """The inquiries in these states, all without any, the newest first."""
        ...

    def of_case(self, case: CaseId) -> tuple[Inquiry, ...]:
        """The inquiries of a case, the oldest first."""
        ...

    def of_message(self, message_id: str) -> InquiryId | None:
        """The inquiry a Message-ID of ours belongs to, in any of its versions."""
        ...

    def of_token(self, token: str) -> InquiryId | None:
        """The inquiry a token belongs to."""
        ...

    def open_to(self, supplier: SupplierCode, case: CaseId) -> tuple[Inquiry, ...]:
        """Those of a case to a supplier that have not ended, the oldest first. Whoever asks for the same waits until
        this transaction ends."""
        ...
