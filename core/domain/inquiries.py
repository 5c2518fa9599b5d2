"""Inquiries: letters to suppliers in words, what each rests on, and how far it has come."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.errors import InvalidValueError
from core.domain.ids import CaseId, InquiryId, ItemCode, ProposalId, SupplierCode, UserName
from core.domain.plan_text import plain

LONGEST_SUBJECT, LONGEST_BODY = 150, 8_000
LETTER_TIER = 3
_TOKEN = re.compile(r"INQ-\d{1,15}-[A-Z2-7]{6}")
_TOKEN_SHAPE = re.compile(r"(?<![A-Z0-9-])INQ-\d{1,15}-[A-Z2-7]{6}(?![A-Z0-9])")
_BASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


class InquiryKind(StrEnum):
    """What a letter is for."""

    QUOTE_REQUEST = "quote_request"
    COUNTER_OFFER = "counter_offer"
    DECLINE = "decline"


class InquiryState(StrEnum):
    """How far an inquiry has come. `draft` may be changed, `waiting` is before a person, `sent` was approved and is in
    the outbox; the others are what came back, or that nothing will."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    SENT = "sent"
    ANSWERED = "answered"
    REFUSED = "refused"
    UNCLEAR = "unclear"
    UNANSWERED = "unanswered"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


UNSENT = frozenset({InquiryState.DRAFT, InquiryState.WAITING, InquiryState.APPROVED})
"""Nothing has left the house."""
OUT = frozenset({InquiryState.SENT, InquiryState.ANSWERED, InquiryState.REFUSED, InquiryState.UNCLEAR}) | {
    InquiryState.UNANSWERED
}
"""The supplier has the letter: a mail may answer it."""


class WrittenBy(StrEnum):
    """Whose words a letter has; its facts are the core's in any case."""

    TEMPLATE = "template"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """All that a letter may say: nothing of what the shortage costs, whom it hurts or what others ask is in here.

    `quantity` is in `unit`, the item's base unit. `supplier_part` is the supplier's own number where one is known.
    `price` a unit and `currency` are given in a counter offer. `ship_to` is a place of ours.
    """

    item: ItemCode
    item_name: str
    quantity: int
    unit: str
    needed_by: date
    ship_to: str
    reply_by: date
    supplier_name: str
    company: str
    supplier_part: str = ""
    price: Decimal | None = None
    currency: str = ""
    their_quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierLetter:
    """A letter exactly as it goes out. The Message-ID is known before it is sent; `in_reply_to` names the mail that it
    answers."""

    inquiry: InquiryId
    version: int
    kind: InquiryKind
    supplier: SupplierCode
    recipient: str
    language: str
    subject: str
    body: str
    message_id: str
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A letter with what it is about. `answers` is the inquiry whose reply it takes up; `reply_by` the day after which
    the supplier is taken to be silent; `reminded` whether a person was told so."""

    id: InquiryId
    case: CaseId
    supplier: SupplierCode
    kind: InquiryKind
    state: InquiryState
    version: int
    token: str
    facts: LetterFacts
    letter: SupplierLetter
    written_by: WrittenBy
    proposed_by: UserName
    created_at: datetime
    answers: InquiryId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterProposal:
    """A letter put before people. `text` is canonical and is what the hash is of."""

    id: ProposalId
    case: CaseId
    inquiry: InquiryId
    text: str
    letter_hash: str
    tier: int
    proposed_by: UserName
    created_at: datetime


def token_of(inquiry: InquiryId, *, seed: str) -> str:
    """What stands in the subject: `INQ-12-K7QF2M`. The letters after the number keep a mistyped or guessed number from
    naming another inquiry; `seed` is what nobody outside knows, such as when it was written."""
    digest = hashlib.sha256(f"{inquiry}|{seed}".encode()).digest()
    return f"{inquiry}-{''.join(_BASE[byte % 32] for byte in digest[:6])}"


def tokens_in(text: str) -> tuple[str, ...]:
    """Every token that stands in a text, each once, in order."""
    return tuple(dict.fromkeys(found[0] for found in _TOKEN_SHAPE.finditer(text[:1000].upper())))


def message_id_of(token: str, *, version: int) -> str:
    """The Message-ID of one version of a letter, without the angle brackets."""
    return f"{token.lower()}.v{version}@expediter.invalid"


def letter_text(letter: SupplierLetter) -> str:
    """The letter as JSON with sorted keys: equal letters, equal text. It is what a person approves."""
    values = {
        "kind": f"letter:{letter.kind}",
        "inquiry": letter.inquiry,
        "version": letter.version,
        "supplier": letter.supplier,
        "recipient": letter.recipient,
        "language": letter.language,
        "subject": letter.subject,
        "body": letter.body,
        "message_id": letter.message_id,
        "in_reply_to": letter.in_reply_to,
    }
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def letter_hash(letter: SupplierLetter) -> str:
    """SHA-256 of its text, in hexadecimal."""
    return hashlib.sha256(letter_text(letter).encode()).hexdigest()


def checked_letter(letter: SupplierLetter) -> SupplierLetter:
    """The same, or InvalidValueError: a subject is one printable line with the token, a body is printable lines."""
    subject, body = letter.subject, letter.body
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise InvalidValueError(
            f"subject {subject[:60]!r} is not accepted; accepted is one printable line of at most {LONGEST_SUBJECT}",
            field="subject",
        )
    if not _TOKEN.search(subject):
        raise InvalidValueError(
            f"subject {subject[:60]!r} has lost the reference by which an answer is known; keep what stands in [ ]",
            field="subject",
        )
    if not body.strip() or len(body) > LONGEST_BODY or not body.replace("\n", " ").isprintable():
        raise InvalidValueError(
            f"the text of a letter has 1 to {LONGEST_BODY} printable characters, this one has {len(body)}", field="text"
        )
    return letter


def amount_text(amount: Decimal) -> str:
    """A price as letters say it: two places at least, never an exponent."""
    text = plain(amount)
    whole, point, part = text.partition(".")
    return f"{whole}.{part.ljust(2, '0')}" if point else f"{whole}.00"
