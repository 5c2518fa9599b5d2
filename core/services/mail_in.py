"""Mail coming in: each is kept once, as it came, and asked to be read; only then is it marked in the mailbox."""

import hashlib
import re
from dataclasses import dataclass

from core.domain.ids import UserName
from core.domain.jobs import Deferral, JobName
from core.ports.mailbox import MailboxPort, MailboxSession, Waiting
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.services.tasks import ask_person

MOST_AT_ONCE = 50
LARGEST_BYTES = 12 * 1024 * 1024
_HEAD_BYTES = 64 * 1024
_MESSAGE_ID = re.compile(rb"^message-id:\s*<?([^\s<>]{1,250})>?\s*$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """How many mails were kept, were known, and are too large to be read by a program."""

    kept: int
    known: int
    too_large: int


def poll_mailbox(open_uow: OpenUnitOfWork, mailbox: MailboxPort, *, by: UserName, limit: int = MOST_AT_ONCE) -> Polled:
    """Keep what nobody has read yet. A mail is marked as read after it was committed: a process that dies in between
    finds it once more, and knows it by its bytes. MailboxError leaves what was kept."""
    counts = {"kept": 0, "known": 0, "too_large": 0}
    with mailbox.open() as session:
        for mail in session.unseen(limit=limit):
            counts[_take(open_uow, session, mail, by)] += 1
            session.mark_seen([mail.number])
    return Polled(**counts)


def _take(open_uow: OpenUnitOfWork, session: MailboxSession, mail: Waiting, by: UserName) -> str:
    raw = b"" if mail.size > LARGEST_BYTES else session.fetch(mail.number)
    with open_uow(by) as uow:
        if mail.size > LARGEST_BYTES or len(raw) > LARGEST_BYTES:
            text = f"mail {mail.number} has {mail.size:,} bytes, more than {LARGEST_BYTES:,}; read it yourself"
            ask_person(uow, f"mail {mail.number}", text)
            return "too_large"
        kept = uow.mails.keep(raw, message_id=_message_id(raw))
        if kept is None:
            return "known"
        uow.jobs.defer(Deferral(name=JobName.TAKE_IN, args={"mail": kept}, lock=f"mail:{kept}", once=f"read {kept}"))
    return "kept"


def keep_mail(uow: UnitOfWork, raw: bytes) -> str:
    """Keep a mail somebody has as a file; the hash it is known by, also where it was kept before."""
    uow.mails.keep(raw, message_id=_message_id(raw))
    return hashlib.sha256(raw).hexdigest()


def _message_id(raw: bytes) -> str:
    """What the sender calls it, to find it by; it proves nothing."""
    found = _MESSAGE_ID.search(raw[:_HEAD_BYTES])
    return found[1].decode("ascii", "replace").replace("\x00", "") if found else ""
