"""Replies of suppliers: what was read in them, word for word, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.domain.ids import InquiryId, UserName
from core.domain.intake.transcripts import ReadBy, Said
from core.domain.quotes import Quote

ReplyId = NewType("ReplyId", str)


class ReplyState(StrEnum):
    """What became of a reply. `used` is evidence of its case; `unclear` lacks something only a person can say, `review`
    is readable and wants a person's look; `stray` answers nothing; the others are over."""

    UNCLEAR = "unclear"
    REVIEW = "review"
    USED = "used"
    REFUSED = "refused"
    LATE = "late"
    STRAY = "stray"
    SUPERSEDED = "superseded"
    DISMISSED = "dismissed"


FOR_PEOPLE = frozenset({ReplyState.UNCLEAR, ReplyState.REVIEW, ReplyState.STRAY})


class QuoteField(StrEnum):
    """What a quote says; a price is of one unit, a lead time is in calendar days."""

    UNIT_PRICE = "unit_price"
    CURRENCY = "currency"
    AVAILABLE = "available"
    MINIMUM = "minimum"
    LEAD_TIME = "lead_time_days"
    VALID_UNTIL = "valid_until"


NEEDED = (QuoteField.UNIT_PRICE, QuoteField.CURRENCY, QuoteField.AVAILABLE, QuoteField.LEAD_TIME)
"""Without these there is no quote; the others are the usual ones where nothing is said."""


class FindingKind(StrEnum):
    """What else stands in a reply, told to a person and never followed."""

    INSTRUCTION = "instruction"
    BANK = "bank"
    SHIP_TO = "ship_to"
    CHARGE = "charge"
    ALTERNATIVE = "alternative"
    DISCOUNT = "discount"
    CONDITION = "condition"
    INCOTERM = "incoterm"
    NUMBER = "number"


HARMLESS = frozenset({FindingKind.INCOTERM})
"""A person need not look at these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Words of the reply that are no part of the quote."""

    kind: FindingKind
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRead:
    """One value as one reader read it: its plain form, `12.50`, `25`, `2026-12-04`, and the words it stands in. Several
    readings, or none, are unclear, and `why` says what is."""

    field: QuoteField
    readings: tuple[str, ...]
    said: Said
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRead:
    """What one reader found: values, the words of a refusal, and everything else that stands there."""

    by: ReadBy
    fields: tuple[FieldRead, ...] = ()
    declines: Said | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """A value after all readers: `value` is None where it is unclear. `settled_by` is who said it in a reader's stead;
    `usual` says that nothing was said and the usual holds."""

    field: QuoteField
    value: str | None
    said: str = ""
    readings: tuple[str, ...] = ()
    why: str = ""
    settled_by: UserName | None = None
    usual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A mail from a supplier with everything made of it. `text` is the newest part, shown to people as it is; `why`
    says why a person has to look, or what became of it."""

    id: ReplyId
    content_hash: str
    inquiry: InquiryId | None
    state: ReplyState
    sender: str
    subject: str
    text: str
    received_at: datetime
    message_id: str = ""
    reads: tuple[QuoteRead, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    findings: tuple[Finding, ...] = ()
    faults: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    quote: Quote | None = None
    settled_by: UserName | None = None

    def value(self, field: QuoteField) -> str | None:
        """What holds for a field, None where it is unclear or nothing was said."""
        return next((one.value for one in self.fields if one.field is field), None)

    @property
    def settled(self) -> Mapping[QuoteField, str]:
        """The values that hold."""
        return {one.field: one.value for one in self.fields if one.value is not None}


def merged(reads: Sequence[QuoteRead]) -> tuple[FieldValue, ...]:
    """One value a field from all readers: what they read alike is plain, anything else is unclear."""
    return tuple(_merged(field, reads) for field in QuoteField if any(_of(field, one) for one in reads))


def refused(reads: Sequence[QuoteRead]) -> Said | None:
    """The words of a refusal, where any reader found one."""
    return next((one.declines for one in reads if one.declines is not None), None)


def found_beside(reads: Sequence[QuoteRead]) -> tuple[Finding, ...]:
    """What all readers found beside the quote, each once, the worst kinds first."""
    order = list(FindingKind)
    every = {(one.kind, one.said): one for read in reads for one in read.findings}
    return tuple(sorted(every.values(), key=lambda one: (order.index(one.kind), one.said)))


def _of(field: QuoteField, read: QuoteRead) -> list[FieldRead]:
    return [one for one in read.fields if one.field is field]


def _merged(field: QuoteField, reads: Sequence[QuoteRead]) -> FieldValue:
    every = [one for read in reads for one in _of(field, read)]
    readings = tuple(sorted({reading for one in every for reading in one.readings}))
    said = " / ".join(dict.fromkeys(one.said.quote for one in every))
    why = next((one.why for one in every if one.why), "")
    silent = [read.by.value for read in reads if not _of(field, read)]
    if len(readings) != 1 or why:
        why = why or ("the readings differ" if readings else "it cannot be read")
        return FieldValue(field=field, value=None, said=said, readings=readings, why=why)
    if silent:
        why = f"only one reader sees it; {' and '.join(silent)} does not"
        return FieldValue(field=field, value=None, said=said, readings=readings, why=why)
    return FieldValue(field=field, value=readings[0], said=said)
