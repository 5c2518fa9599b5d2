"""A mailbox over IMAP."""

import imaplib
import ssl
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from core.ports.mailbox import MailboxError, Waiting

PORTS = {"tls": 993, "starttls": 143, "none": 143}
TIMEOUT_SECONDS = 30.0
_FAILURES = (ImapToolsError, imaplib.IMAP4.error, OSError, ssl.SSLError, UnicodeError, ValueError)


class Security(StrEnum):
    """How the way to the mailbox is guarded; `none` is for this machine only."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapMailbox:
    """A folder of an account on an IMAP server."""

    host: str
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    port: int
    security: Security = Security.TLS
    timeout: float = TIMEOUT_SECONDS

    @contextmanager
    def open(self) -> Generator["ImapSession"]:
        """The folder while the block lasts; MailboxError for whatever the server does wrong inside it."""
        with self.named():
            client = self._client()
        try:
            with self.named():
                client.login(self.user, self.password, initial_folder=self.folder)
            yield ImapSession(client=client, mailbox=self)
        finally:
            self._leave(client)

    def _client(self) -> BaseMailBox:
        match self.security:
            case Security.TLS:
                return MailBox(self.host, self.port, timeout=self.timeout, ssl_context=ssl.create_default_context())
            case Security.STARTTLS:
                context = ssl.create_default_context()
                return MailBoxStartTls(self.host, self.port, timeout=self.timeout, ssl_context=context)
            case Security.NONE:
                return MailBoxUnencrypted(self.host, self.port, timeout=self.timeout)

    def _leave(self, client: BaseMailBox) -> None:
        try:
            client.client.logout()
        except _FAILURES:  # it hung up first, or never let us in
            client.client.shutdown()

    @contextmanager
    def named(self) -> Generator[None]:
        """Whatever the server does wrong inside the block is a MailboxError."""
        try:
            yield
        except _FAILURES as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise MailboxError(mailbox=f"{self.user}@{self.host}/{self.folder}", reason=reason) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSession:
    """An open folder."""

    client: BaseMailBox
    mailbox: ImapMailbox

    def unseen(self, *, limit: int) -> tuple[Waiting, ...]:
        """The oldest mails nobody has read; their headers alone are fetched."""
        with self.mailbox.named():
            found = self.client.fetch("UNSEEN", charset=None, limit=limit, mark_seen=False, headers_only=True)
            return tuple(Waiting(number=str(mail.uid), size=mail.size_rfc822) for mail in found)

    def fetch(self, number: str) -> bytes:
        """A mail, byte for byte."""
        with self.mailbox.named():
            answer: tuple[str, list[Any]] = self.client.client.uid("FETCH", number, "(BODY.PEEK[])")
            bodies: list[bytes] = [part[1] for part in answer[1] if isinstance(part, tuple)]
            if len(bodies) != 1:
                raise ValueError(f"mail {number!r} came in {len(bodies)} parts")
            return bodies[0]

    def mark_seen(self, numbers: Sequence[str]) -> None:
        """Mark mails as read."""
        with self.mailbox.named():
            # Not the library's own verb: it also expunges what others have marked as deleted.
            answer, _ = self.client.client.uid("STORE", ",".join(numbers), "+FLAGS", r"(\Seen)")
            if answer != "OK":
                raise ValueError(f"marking mails as read was answered {answer!r}")
