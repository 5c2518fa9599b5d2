"""Feeds: later packs of the same company, what they contradict, and what was done here that the ERP has yet to show."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ConflictKind(StrEnum):
    """How a pack contradicts what was done or promised here."""

    CHANGED_BOTH = "changed on both sides"
    ORDER_GONE = "open order gone"
    EFFECT_GONE = "effect gone"
    TAKEN_BACK = "taken back"
    POSSIBLE_DUPLICATE = "possible duplicate"
    COUNT_DIFFERS = "count differs"
    COUNT_BELOW_RESERVED = "count below reserved"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedConflict:
    """One contradiction: what the pack says of a subject and what is held here, which stays until it is settled."""

    kind: ConflictKind
    subject: str
    said: str
    held: str
    opened_on: date


class EffectKind(StrEnum):
    """What was done here."""

    SALES_ORDER = "sales order"
    PURCHASE_ORDER = "purchase order"
    WORK_ORDER = "work order"
    TRANSFER_ORDER = "transfer order"
    PROMISE = "promise"
    EXPEDITE = "expedite"
    CHANGE = "change"


class EffectState(StrEnum):
    """Whether the ERP shows it: not yet, yes, or it was taken back here before."""

    AWAITING = "awaiting"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedEffect:
    """Something done here, by its reference; `theirs` is the ERP's own number for it once it is matched."""

    reference: str
    kind: EffectKind
    expected: str
    since: date
    state: EffectState = EffectState.AWAITING
    theirs: str | None = None
    proposal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReport:
    """What came of one table of a pack, in rows; `awaiting` and `matched` are rows with something done here."""

    table: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    awaiting: int = 0
    matched: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """What loading a pack did; not `applied` when the very same pack was the last one loaded."""

    name: str
    as_of: date
    content_hash: str
    applied: bool
    tables: tuple[TableReport, ...]
    conflicts: tuple[FeedConflict, ...]
    awaiting: tuple[AwaitedEffect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A pack that was loaded."""

    name: str
    as_of: date
    content_hash: str
