"""What a written value means: one value, several that are all possible, or none."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.intake.transcripts import TranscribedLine, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number, and the unit written with it as it was written ("40 pcs": 40, "pcs"); dozens are multiplied out."""

    value: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A price for `per` of a unit (100 in "4.50 per 100"), with its ISO 4217 currency where one was written."""

    value: Decimal
    currency: str | None = None
    per: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A calendar day. `latest` says that the writer takes earlier days too ("by the 14th"), `soonest` that none was
    named but "as soon as possible": then it is the day that was asked from."""

    day: date
    latest: bool = False
    soonest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """More than one reading, each as a person writes it without doubt ("2026-04-03"); none of them is chosen."""

    readings: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """No reading."""

    why: str


ReadQuantity = Amount | Ambiguous | Unreadable
ReadDay = Day | Ambiguous | Unreadable
ReadPrice = Price | Ambiguous | Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondLine:
    """What a second reader, who knows nothing of the first one's answer, makes of the words of one line.

    None is "cannot tell", and `why` says so; a value that differs from the first reader's is never taken for either.
    Any day from `requested` to `until` is as good as another, where a week is named.
    """

    quantity: Decimal | None = None
    requested: date | None = None
    until: date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """A letter read again: a reading for each transcribed line, then rows no line covers and contradictory places.

    `explained` are quotes of what the first reader found unclear whose numbers are no counts that were left out,
    `paying` the same if invoices are due after so many days, `papers` what it took for goods and is numbers of papers.
    `orders` are what the letter calls numbers of the order, without marks and capitals, `order` the only one as it is
    written, `stray` other numbers that might be one, `places` where it wants goods sent.
    """

    lines: tuple[SecondLine, ...] = ()
    requested: date | None = None
    until: date | None = None
    missed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    paying: tuple[tuple[str, int], ...] = ()
    papers: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    stray: tuple[str, ...] = ()
    order: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """One transcribed line with what its written values mean; None where nothing was written."""

    written: TranscribedLine
    quantity: ReadQuantity | None = None
    requested: ReadDay | None = None
    price: ReadPrice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLetter:
    """A letter read twice: what it says, what that means, and what the second reader makes of the same words."""

    transcript: Transcript
    lines: tuple[ReadLine, ...]
    requested: ReadDay | None = None
    order_date: ReadDay | None = None
    second: SecondReading = SecondReading()
