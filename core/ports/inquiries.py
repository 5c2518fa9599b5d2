"""Storage of inquiries: letters to suppliers with all their versions, and what came back."""

from typing import Protocol

from core.domain.ids import CaseId, InquiryId, SupplierCode
from core.domain.inquiries import Inquiry, InquiryState
from core.domain.inquiry_replies import Reply, ReplyId, ReplyState


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

    def at_address(self, address: str) -> tuple[Inquiry, ...]:
        """Those that are out to this address and not settled, the oldest first; capitals do not matter."""
        ...


class ReplyStore(Protocol):
    """Replies of suppliers; the mails they came in are kept elsewhere, byte for byte."""

    def new_id(self) -> ReplyId:
        """An id no reply has."""
        ...

    def add(self, reply: Reply) -> None:
        """A new reply, to a mail that is kept."""
        ...

    def save(self, reply: Reply) -> None:
        """The reply as it is from now on."""
        ...

    def get(self, reply: ReplyId) -> Reply:
        """A reply; NotFoundError when there is none."""
        ...

    def lock(self, reply: ReplyId) -> Reply:
        """The same, and nobody else changes it until this transaction ends."""
        ...

    def of_content(self, content_hash: str) -> Reply | None:
        """The reply a mail was read as."""
        ...

    def of_message(self, message_id: str, sender: str) -> Reply | None:
        """The first reply of this sender under this Message-ID."""
        ...

    def of_inquiry(self, inquiry: InquiryId) -> tuple[Reply, ...]:
        """What came back to an inquiry, the oldest first."""
        ...

    def listed(self, *states: ReplyState) -> tuple[Reply, ...]:
        """The replies in these states, all without any, the newest first."""
        ...
