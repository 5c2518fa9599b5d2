"""What a letter says, word for word, field by field: no value without the words it was read from."""

from dataclasses import dataclass
from enum import StrEnum


class TranscriptKind(StrEnum):
    """What the writer wants."""

    ORDER = "order"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    QUESTION = "question"
    OTHER = "other"


class ReadBy(StrEnum):
    """Who read the letter."""

    RULES = "rules"
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value as written, and the verbatim words it stands in: `quote == document.text[start:end]` of the `source`.

    `text` is the value itself ("40"), inside `quote` ("40 pcs of GV-04"); both are the writer's own characters.
    """

    text: str
    quote: str
    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """Something that was said but cannot be read one way only; `line` is counted from 1, None for the whole order."""

    field: str
    why: str
    quote: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscribedLine:
    """One position as it is written. `number` is the writer's own position number."""

    item: Said | None = None
    description: Said | None = None
    quantity: Said | None = None
    unit: Said | None = None
    requested: Said | None = None
    unit_price: Said | None = None
    currency: Said | None = None
    number: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A letter read: who says it, what is wanted, and the words that try to command instead of saying what is wanted.

    `language` is an ISO 639-1 code, empty where nobody can tell.
    """

    kind: TranscriptKind
    language: str = ""
    customer: Said | None = None
    sender: Said | None = None
    customer_po: Said | None = None
    order_date: Said | None = None
    requested: Said | None = None
    ship_to: Said | None = None
    currency: Said | None = None
    payment_terms: Said | None = None
    notes: Said | None = None
    lines: tuple[TranscribedLine, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    instructions: tuple[Said, ...] = ()
    by: ReadBy = ReadBy.RULES
