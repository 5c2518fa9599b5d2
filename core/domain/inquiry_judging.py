"""Whether a supplier's reply is so plain that it may be reckoned with, or what a person has to look at first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from core.domain.inquiry_replies import (
    HARMLESS,
    NEEDED,
    FieldValue,
    Finding,
    QuoteField,
    QuoteRead,
    ReplyState,
    found_beside,
    merged,
    refused,
)
from core.domain.plan_text import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """What a quote is held against: what is usual with this supplier, what was asked, and when."""

    usual_price: Decimal
    usual_currency: str
    usual_lead_days: int
    usual_minimum: int
    asked: int
    received: date


BAND_PERCENT = 25
"""A price further than this from the usual one is looked at by a person."""
FASTER_PERCENT = 50
"""So is a lead time that is less than this share of the usual one."""
MOST_TIMES_ASKED = 20
VALID_DAYS = 3
"""How long an offer holds that does not say it, counted from the day it came."""
FINEST_PRICE, MOST_PRICE = Decimal("0.0001"), Decimal(10**9)


def doubts(values: Mapping[QuoteField, str], yardstick: Yardstick) -> tuple[str, ...]:
    """Why a quote that can be read is not used before a person has looked at it; none when it is plain."""
    price, found = Decimal(values[QuoteField.UNIT_PRICE]), list[str]()
    usual = yardstick.usual_price
    if values[QuoteField.CURRENCY] != yardstick.usual_currency:
        found.append(f"the price is in {values[QuoteField.CURRENCY]}, the usual one in {yardstick.usual_currency}")
    elif usual and abs(price - usual) * 100 > usual * BAND_PERCENT:
        found.append(f"the price {price} is more than {BAND_PERCENT} percent from the usual {usual}")
    days = int(values[QuoteField.LEAD_TIME])
    if days * 100 < yardstick.usual_lead_days * FASTER_PERCENT:
        found.append(f"{days} days are less than half of the usual {yardstick.usual_lead_days}")
    available = int(values[QuoteField.AVAILABLE])
    if not yardstick.asked <= available <= MOST_TIMES_ASKED * yardstick.asked:
        found.append(f"{available} units are offered where {yardstick.asked} were asked for")
    if date.fromisoformat(values[QuoteField.VALID_UNTIL]) < yardstick.received:
        found.append(f"the offer ended on {values[QuoteField.VALID_UNTIL]}")
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of a reply, its values, and why a person has to look, if one has to."""

    state: ReplyState
    fields: tuple[FieldValue, ...]
    findings: tuple[Finding, ...]
    why: tuple[str, ...]


def judge(reads: Sequence[QuoteRead], yardstick: Yardstick, *, unsure: Sequence[str] = (), ended: str = "") -> Verdict:
    """What the readers found, judged. `unsure` is what is doubtful about the mail as a whole, such as its sender;
    `ended` why nothing is reckoned with any more. Only a reply without any doubt is `used` or `refused`."""
    fields, findings = completed(merged(reads), yardstick), found_beside(reads)
    noticed = (*unsure, *(f"{one.kind.value}: {one.said!r}" for one in findings if one.kind not in HARMLESS))
    no = refused(reads)
    if ended:
        state, why = ReplyState.LATE, (ended, *noticed)
    elif no is not None and not _offers(fields):
        state, why = (ReplyState.REVIEW, noticed) if noticed else (ReplyState.REFUSED, (f"they say {no.quote!r}",))
    elif no is not None:
        state, why = ReplyState.UNCLEAR, (f"they say {no.quote!r}, and terms as well", *noticed)
    else:
        missing = open_points(fields)
        why = (*missing, *noticed, *(() if missing else doubts(_values(fields), yardstick)))
        state = ReplyState.UNCLEAR if missing else (ReplyState.REVIEW if why else ReplyState.USED)
    return Verdict(state=state, fields=fields, findings=findings, why=why)


def completed(fields: Sequence[FieldValue], yardstick: Yardstick) -> tuple[FieldValue, ...]:
    """The values with the usual ones where an offer need not say them: the minimum, and how long it holds."""
    said = {one.field for one in fields}
    until = yardstick.received + timedelta(days=VALID_DAYS)
    usual = {QuoteField.MINIMUM: str(yardstick.usual_minimum), QuoteField.VALID_UNTIL: until.isoformat()}
    added = [FieldValue(field=name, value=value, usual=True) for name, value in usual.items() if name not in said]
    return tuple(sorted((*fields, *added), key=lambda one: list(QuoteField).index(one.field)))


def open_points(fields: Sequence[FieldValue]) -> tuple[str, ...]:
    """What only a person can say: what is unclear, and what an offer needs and does not say."""
    said = {one.field for one in fields}
    unclear = [f"{one.field.value}: {one.why} ({one.said!r})" for one in fields if one.value is None]
    return (*unclear, *(f"{name.value} is not said" for name in NEEDED if name not in said))


def settled_value(field: QuoteField, said: str) -> str:
    """A value a person gives, in its plain form; ValueError where it can be none."""
    text = said.strip()
    match field:
        case QuoteField.UNIT_PRICE:
            try:
                price = Decimal(text)
            except InvalidOperation as error:
                raise ValueError(text) from error
            if not price.is_finite() or not 0 < price < MOST_PRICE or price != price.quantize(FINEST_PRICE):
                raise ValueError(text)
            return plain(price)
        case QuoteField.CURRENCY:
            if len(text) != 3 or not text.isascii() or not text.isalpha():
                raise ValueError(text)
            return text.upper()
        case QuoteField.AVAILABLE | QuoteField.MINIMUM | QuoteField.LEAD_TIME:
            if not text.isascii() or not text.isdigit() or len(text) > 9:
                raise ValueError(text)
            return str(int(text))
        case QuoteField.VALID_UNTIL:
            return date.fromisoformat(text).isoformat()


def _offers(fields: Sequence[FieldValue]) -> bool:
    terms = {QuoteField.UNIT_PRICE, QuoteField.CURRENCY, QuoteField.AVAILABLE, QuoteField.LEAD_TIME}
    return any(one.field in terms for one in fields)


def _values(fields: Sequence[FieldValue]) -> Mapping[QuoteField, str]:
    return {one.field: one.value for one in fields if one.value is not None}
