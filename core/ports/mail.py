"""What the core needs of a mail system: to tell a customer or a supplier something, once."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from core.domain.errors import DomainError
from core.domain.ids import CustomerCode, SupplierCode

DEFAULT_DEADLINE_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerNotice:
    """A finished message. `reference` is our number for it; `recipient` comes from master data only."""

    reference: str
    customer: CustomerCode
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOut:
    """A letter to a supplier. `message_id` is sent as the mail's Message-ID and `in_reply_to` as what it answers, both
    without angle brackets; `recipient` comes from master data only."""

    reference: str
    supplier: SupplierCode
    recipient: str
    subject: str
    body: str
    message_id: str
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReceipt:
    """The mail system took the message over."""

    reference: str
    message_id: str


class MailError(DomainError):
    """The notice was not taken over, as far as is known. With `may_have_acted` it may have been sent all the
    same: only a mail system that knows idempotency keys may be sent it again."""

    code: ClassVar[str] = "mail_error"
    may_have_acted: bool = False


class MailUnavailableError(MailError):
    """The mail system did not answer, or not in a way that can be read."""

    code = "mail_unavailable"

    def __init__(self, *, reference: str, reason: str, tries: int, seconds: float, may_have_acted: bool) -> None:
        times = "1 try" if tries == 1 else f"{tries} tries"
        super().__init__(
            f"notice {reference!r} was not confirmed by the mail system after {times} in {seconds:.1f} s: {reason}",
            reference=reference,
            reason=reason,
            tries=tries,
            seconds=seconds,
            may_have_acted=may_have_acted,
        )
        self.may_have_acted = may_have_acted


class MailKeyReusedError(MailError):
    """The idempotency key was used before for another notice; nothing was sent."""

    code = "mail_key_reused"

    def __init__(self, *, reference: str, idempotency_key: str) -> None:
        super().__init__(
            f"the mail system has seen the key {idempotency_key!r} with another notice than {reference!r};"
            " a new notice needs a new key",
            reference=reference,
            idempotency_key=idempotency_key,
        )


class NoticeInvalidError(MailError):
    """The notice could not be a message (an address with a line break, an empty subject); nothing was sent."""

    code = "notice_invalid"


class MailPort(Protocol):
    """The way out to customers and suppliers."""

    def send(
        self,
        message: CustomerNotice | LetterOut,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> MailReceipt:
        """Hand the message over; the same key and message again give the same receipt and no second mail."""
        ...
