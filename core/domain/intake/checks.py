"""The checks that say how sure a field is: its words are in the letter, it means one thing, and nothing speaks against
it. What a letter does not say is asked for; what contradicts something goes to a person."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.domain.intake.drafts import Field, Level, Question
from core.domain.intake.item_words import plain_text
from core.domain.intake.letters import Letter
from core.domain.intake.names import Usual
from core.domain.intake.readings import (
    Ambiguous,
    Amount,
    Price,
    ReadDay,
    ReadPrice,
    ReadQuantity,
    Unreadable,
)
from core.domain.intake.transcripts import Said
from core.domain.intake.unit_words import unit_meant
from core.domain.money import PRICE_STEP
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.units import Units, in_base

OUTLIER_TIMES = 10
"""An order of more than so many times the most that was ever ordered at once is looked at by a person."""
FARTHEST_DAYS = 730
"""A wish farther ahead than this is looked at by a person."""

_DIGITS = re.compile(r"\d{1,5}")
_OTHER_TERMS = re.compile(
    r"%|skonto|discount|escompte|descuento|korting|advance|prepa|deposit|vorkasse|anzahlung|acompte|avance|anticip"
    r"|vooruit|letter of credit"
    r"|akkreditiv|cash|bar\b|contado|comptant|contant|end of month|eom\b|fin de mes|fin de mois"
    r"|monatsende|einde maand"
)
_USUAL_TERMS = re.compile(
    r"usual|standard|agreed|as always|per contract|ublich|wie immer|vereinbart|gewohnt|habituel|convenu|habitual"
    r"|de siempre|acordad|gebruikelijk|afgesproken|zoals altijd"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A field after its checks, and what has to be asked about it, if anything."""

    field: Field
    question: Question | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuantity:
    """The quantity of a line: as written, its unit, and base units where both are understood."""

    quantity: Checked
    unit: Field
    units: int | None = None
    factor: int = 1


def is_grounded(said: Said, letter: Letter) -> bool:
    """Whether the words are where they are said to be, and the value is in the words."""
    return said.text in said.quote and any(
        one.source == said.source and 0 <= said.start <= said.end and one.text[said.start : said.end] == said.quote
        for one in letter.documents
    )


def check_quantity(
    said: Said | None, read: ReadQuantity | None, *, unit: Said | None, units: Units, line: int
) -> CheckedQuantity:
    """A number of a unit the item is counted in, in whole base units."""
    nothing = Field(said=unit, level=Level.HIGH)
    if said is None or read is None:
        return CheckedQuantity(quantity=_asked("quantity", line, None, "no quantity is written"), unit=nothing)
    if not isinstance(read, Amount):
        return CheckedQuantity(quantity=_unclear("quantity", line, said, read), unit=nothing)
    written = unit.text if unit else read.unit
    meant = unit_meant(written, units)
    value = f"{read.value:f}"
    if meant is None:
        why = f"the item is not counted in {written!r}"
        field = Field(level=Level.LOW, said=unit or said, why=(why,), candidates=units.accepted)
        question = Question(about="unit", line=line, quote=said.quote, choices=units.accepted, why=why)
        return CheckedQuantity(quantity=Checked(field=Field(value=value, said=said), question=question), unit=field)
    name, factor = meant
    base = in_base(read.value, factor)
    if base is None or not 1 <= base <= LARGEST_QUANTITY:
        why = f"{value} {name} is no whole number of {units.base} from 1 to {LARGEST_QUANTITY:,}"
        return CheckedQuantity(quantity=_asked("quantity", line, said, why), unit=nothing)
    field = Field(value=name, said=unit)
    if written is None and units.packs:
        why = f"no unit is written, and the item is also counted in {', '.join(units.accepted[1:])}"
        field = Field(value=name, level=Level.REVIEW, why=(why,), candidates=units.accepted)
    return CheckedQuantity(quantity=Checked(field=Field(value=value, said=said)), unit=field, units=base, factor=factor)


def read_again(field: Field, *, mine: Decimal, second: Decimal | None, why: str) -> Field:
    """The field after the second reader: the same value leaves it as it is, anything else sends it to a person."""
    if second == mine:
        return replace(field, why=(*field.why, "read twice alike"))
    if second is not None:
        return lowered(field, Level.LOW, f"the second reader reads {second}")
    return lowered(field, Level.REVIEW, why or "the second reader cannot tell")


def day_read_again(field: Field, *, mine: date, second: date | None, until: date | None) -> Field:
    """The same for a day; where the second reader reads a week, any day of it is the same."""
    if second is None:
        return lowered(field, Level.REVIEW, "the second reader cannot tell")
    last = until or second
    if second <= mine <= last:
        return replace(field, why=(*field.why, "read twice alike"))
    reads = f"{second}" if second == last else f"{second} to {last}"
    return lowered(field, Level.LOW, f"the second reader reads {reads}")


def check_usual(field: Field, units: int, usual: Usual, *, who: str) -> Field:
    """The field, for a person where the quantity is far from all that somebody ever ordered of the item."""
    if not usual.times or units <= OUTLIER_TIMES * usual.most:
        return field
    why = f"{units:,} is more than {OUTLIER_TIMES} times the {usual.most:,} {who} ever ordered at once"
    return lowered(field, Level.REVIEW, why)


def check_day(
    said: Said | None, read: ReadDay | None, *, today: date, ordered_on: date | None, line: int | None
) -> Checked:
    """A day that has not passed, and is not the order's own date."""
    if said is None or read is None:
        return _asked("requested", line, None, "no date is written")
    if isinstance(read, Ambiguous | Unreadable):
        return _unclear("requested", line, said, read)
    if read.day < today:
        return _asked("requested", line, said, f"{read.day} has passed")
    field = Field(value=read.day.isoformat(), said=said)
    if read.soonest:
        return Checked(field=replace(field, why=("as soon as possible",)))
    if ordered_on is not None and read.day == ordered_on:
        return Checked(field=lowered(field, Level.REVIEW, "this is the date of the order itself"))
    if (read.day - today).days > FARTHEST_DAYS:
        return Checked(field=lowered(field, Level.REVIEW, f"more than {FARTHEST_DAYS} days ahead"))
    return Checked(field=field)


def check_price(
    said: Said | None, read: ReadPrice | None, *, ours: Decimal | None, factor: int, currency: str
) -> Field:
    """The customer's price beside ours, which counts: a difference goes to a person."""
    if said is None or read is None:
        return Field()
    if not isinstance(read, Price):
        return Field(level=Level.REVIEW, said=said, why=(read.why,))
    value = f"{(read.value / read.per).quantize(PRICE_STEP).normalize():f}"
    field = Field(value=value, said=said)
    if read.currency is not None and read.currency != currency:
        return lowered(field, Level.REVIEW, f"in {read.currency}; ours are in {currency}")
    if ours is None:
        return lowered(field, Level.REVIEW, "there is no price of ours to compare it with")
    if abs(read.value - ours * factor * read.per) * 200 > read.per:  # half a cent a unit
        return lowered(field, Level.REVIEW, f"our price is {(ours * factor).quantize(PRICE_STEP).normalize():f}")
    return replace(field, why=("our price",))


def check_terms(said: Said | None, *, payment_days: int | None) -> Field:
    """Terms of payment that are the customer's own need no look; any other do. Which count is the company's to say."""
    if said is None:
        return Field()
    numbers = {int(number) for number in _DIGITS.findall(said.text)}
    plain = plain_text(said.text)
    if not _OTHER_TERMS.search(plain):
        if payment_days is not None and numbers == {payment_days}:
            return Field(value=f"{payment_days} days net", said=said, why=("the customer's own",))
        if not numbers and _USUAL_TERMS.search(plain):
            return Field(said=said, why=("the customer's own",))
    return lowered(Field(said=said), Level.REVIEW, f"asks for other terms of payment: {said.text!r}")


def lowered(field: Field, level: Level, why: str) -> Field:
    """The field at most this sure, with the reason."""
    worst = max((field.level, level), key=list(Level).index)
    return replace(field, level=worst, why=(*field.why, why))


def _asked(about: str, line: int | None, said: Said | None, why: str) -> Checked:
    quote = said.quote if said else ""
    field = Field(level=Level.LOW, said=said, why=(why,))
    return Checked(field=field, question=Question(about=about, line=line, quote=quote, why=why))


def _unclear(about: str, line: int | None, said: Said, read: Ambiguous | Unreadable) -> Checked:
    choices = read.readings if isinstance(read, Ambiguous) else ()
    field = Field(level=Level.LOW, said=said, why=(read.why,), candidates=choices)
    question = Question(about=about, line=line, quote=said.quote, choices=choices, why=read.why)
    return Checked(field=field, question=question)
