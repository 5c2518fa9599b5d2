"""What was received: a mail, a file or typed text as plain documents, before anybody says what it means."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One readable part of a letter. `source` is `body`, `subject`, `from` or `attachment:NAME`.

    `tables` are rows of cells where the part had any; every cell is also in `text`, so that a quote of it has a place.
    """

    source: str
    text: str
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What came in at once: the newest part of a mail with its attachments, a file, or typed text.

    `references` are the Message-IDs of the mails before it, the nearest last; `received` is what the mail says of
    itself, `languages` the likely ones, the likeliest first, as ISO 639-1 codes. `faults` are plain sentences about
    what could not be read; a letter with faults never makes an order by itself.
    """

    documents: tuple[Document, ...]
    sender: str = ""
    subject: str = ""
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    received: datetime | None = None
    languages: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
