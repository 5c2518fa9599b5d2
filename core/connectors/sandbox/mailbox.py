"""A mailbox that keeps what customers and suppliers would have been sent: the mail port in memory."""

import threading

from core.connectors.mail import checked_notice
from core.connectors.sandbox.memory import KeyMemory, KeyReusedError
from core.connectors.sandbox.terms import identifier
from core.ports.mail import DEFAULT_DEADLINE_SECONDS, CustomerNotice, LetterOut, MailKeyReusedError, MailReceipt


class SandboxMailbox:
    """The in-process twin of HttpMail, and what its HTTP front keeps; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._messages: list[CustomerNotice] = []
        self._letters: list[LetterOut] = []
        self._receipts: KeyMemory[MailReceipt] = KeyMemory()

    @property
    def messages(self) -> tuple[CustomerNotice, ...]:
        """Every notice to a customer sent so far, in order."""
        with self._lock:
            return tuple(self._messages)

    @property
    def letters(self) -> tuple[LetterOut, ...]:
        """Every letter to a supplier sent so far, in order."""
        with self._lock:
            return tuple(self._letters)

    def send(
        self,
        message: CustomerNotice | LetterOut,
        *,
        idempotency_key: str,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
    ) -> MailReceipt:
        """Keep the message."""
        checked_notice(message)
        with self._lock:
            try:
                known = self._receipts.recall((idempotency_key,), message)
            except KeyReusedError as error:
                raise MailKeyReusedError(reference=message.reference, idempotency_key=idempotency_key) from error
            if known is not None:
                return known
            if isinstance(message, CustomerNotice):
                self._messages.append(message)
            else:
                self._letters.append(message)
            receipt = MailReceipt(reference=message.reference, message_id=identifier("M", idempotency_key))
            self._receipts.keep((idempotency_key,), message, receipt)
            return receipt
