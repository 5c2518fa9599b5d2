"""A supplier's reply read by rules: values with the words they stand in, and everything else that stands there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from agents.order_intake.reading import words
from agents.order_intake.reading.kinds import commands_in
from agents.order_intake.reading.told import HOURS, PHONES
from agents.order_intake.values.dates import find_days
from agents.order_intake.values.numbers import Habits, habits_of
from agents.order_intake.values.prices import PRICE
from agents.supplier_letters import quote_words
from agents.supplier_letters.values import Asked, day_read, duration_read, price_read, units_read
from core.domain.inquiries import Inquiry
from core.domain.inquiry_replies import FieldRead, Finding, FindingKind, QuoteField, QuoteRead
from core.domain.intake.letters import Document, Letter
from core.domain.intake.transcripts import ReadBy, Said

MOST_CHARACTERS = 20_000
_NEAR, _BEHIND = 60, 25
_STOPS = re.compile(r"[;\n]|[.!?](?=\s+[A-ZÀ-Þ])|,(?=\s)")
_TOKEN = re.compile(r"\[?INQ-\d+(?:-[A-Z2-7]{6})?\]?", re.IGNORECASE)
_SECRETS = (
    (FindingKind.BANK, quote_words.BANK),
    (FindingKind.SHIP_TO, quote_words.SHIP_TO),
    (FindingKind.INSTRUCTION, quote_words.COMMAND),
    (FindingKind.INSTRUCTION, quote_words.REPLY_TO),
    (FindingKind.ALTERNATIVE, quote_words.ALTERNATIVE),
)
_EXPLAINED = (
    _TOKEN, words.LINK, *PHONES, words.TERMS, words.TERMS_LABELLED, *HOURS, quote_words.PLACE,
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class _Sheet:
    """One document, the writer's habits, and which of its characters are explained already."""

    document: Document
    text: str
    language: str
    habits: Habits
    asked: Asked
    taken: bytearray
    fields: list[FieldRead] = field(default_factory=list[FieldRead])
    findings: list[Finding] = field(default_factory=list[Finding])

    def each(self, pattern: re.Pattern[str]) -> Iterable[re.Match[str]]:
        """The places of a pattern nobody has explained yet; the caller takes what it reads."""
        for found in pattern.finditer(self.text):
            if not any(self.taken[found.start() : found.end()]):
                yield found

    def take(self, start: int, end: int) -> None:
        """These characters are explained."""
        self.taken[start:end] = b"\x01" * (end - start)

    def said(self, first: int, last: int, start: int, end: int) -> Said:
        """A value at first..last inside the words start..end, trimmed."""
        quote = self.text[start:end]
        lead = len(quote) - len(quote.lstrip())
        start, end = start + lead, start + len(quote.rstrip())
        return Said(
            text=self.text[first:last], quote=self.text[start:end], source=self.document.source, start=start, end=end
        )

    def before(self, at: int) -> str:
        """What stands before a place in its sentence, as far as it governs it."""
        stops = [one.end() for one in _STOPS.finditer(self.text, max(0, at - 4 * _NEAR), at)]
        return self.text[max([*stops, at - _NEAR, 0]) : at]

    def after(self, at: int) -> str:
        """What stands behind a place in its sentence, as far as it may name it."""
        stop = _STOPS.search(self.text, at, at + _BEHIND)
        return self.text[at : stop.start() if stop else at + _BEHIND]


def read_reply_by_rules(letter: Letter, asked: Asked) -> QuoteRead:
    """All documents of a reply but its subject, the newest part of the mail only."""
    documents = [one for one in letter.documents if one.source not in {"subject", "from"}]
    habits = habits_of(one.text for one in documents)
    language = letter.languages[0] if letter.languages else ""
    sheets = [_read(one, language, habits, asked) for one in documents]
    declines = [said for sheet in sheets if (said := _declines(sheet)) is not None]
    return QuoteRead(
        by=ReadBy.RULES,
        fields=tuple(_distinct(one for sheet in sheets for one in sheet.fields)),
        declines=declines[0] if declines else None,
        findings=tuple(dict.fromkeys(one for sheet in sheets for one in sheet.findings)),
    )


def _read(document: Document, language: str, habits: Habits, asked: Asked) -> _Sheet:
    text = document.text[:MOST_CHARACTERS]
    sheet = _Sheet(
        document=document, text=text, language=language, habits=habits, asked=asked, taken=bytearray(len(text))
    )
    _find_orders(sheet)
    _explain(sheet)
    _find_charges(sheet)
    _find_minimum(sheet)
    _find_times(sheet)
    _find_prices(sheet)
    _find_available(sheet)
    _tell_the_rest(sheet)
    return sheet


def _find_orders(sheet: _Sheet) -> None:
    """What tries to command the reader, names a bank account or another address, or offers another thing."""
    for start, end in commands_in(sheet.text):
        _tell(sheet, FindingKind.INSTRUCTION, start, end)
    for kind, pattern in _SECRETS:
        for found in sheet.each(pattern):
            _tell(sheet, kind, *found.span())


def _tell(sheet: _Sheet, kind: FindingKind, start: int, end: int) -> None:
    sheet.findings.append(Finding(kind=kind, said=_plain(sheet.text[start:end])))
    if kind is not FindingKind.ALTERNATIVE:
        sheet.take(start, end)


def _explain(sheet: _Sheet) -> None:
    for at, line in _lines(sheet.text):
        closing = words.CLOSING.match(line)
        if closing and at > 0:
            sheet.take(at, len(sheet.text))  # a signature has numbers of its own
            break
    for pattern in _EXPLAINED:
        for found in sheet.each(pattern):
            sheet.take(*found.span())
    for found in sheet.each(words.INCOTERM):
        _tell(sheet, FindingKind.INCOTERM, *found.span())
    for code in sheet.asked.codes:
        for found in sheet.each(re.compile(rf"(?<!\w){re.escape(code)}(?!\w)", re.IGNORECASE)):
            sheet.take(*found.span())


def _lines(text: str) -> Iterable[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _find_charges(sheet: _Sheet) -> None:
    for found in sheet.each(quote_words.CHARGE):
        if found["value"]:
            _tell(sheet, FindingKind.CHARGE, *found.span())
        else:
            sheet.take(*found.span())
    for found in sheet.each(quote_words.DISCOUNT):
        _tell(sheet, FindingKind.DISCOUNT, *found.span())
    for found in quote_words.CONDITION.finditer(sheet.text):
        sheet.findings.append(Finding(kind=FindingKind.CONDITION, said=_plain(found[0])))


def _find_minimum(sheet: _Sheet) -> None:
    for found in sheet.each(quote_words.MINIMUM):
        first, last = found.span("value") if found["value"] else found.span("none")
        said = sheet.said(first, last, *found.span())
        readings, why = units_read(said, sheet.language, sheet.habits) if found["value"] else (("1",), "")
        why = why or (_other_unit(sheet, found.end("value")) if found["value"] else "")
        _add(sheet, FieldRead(field=QuoteField.MINIMUM, readings=readings, said=said, why=why))
        sheet.take(*found.span())


def _find_times(sheet: _Sheet) -> None:
    """Durations and days, each the validity or the delivery by the words beside it; one without such words is told."""
    for found in sheet.each(quote_words.DURATION):
        meant = _meant(sheet, *found.span())
        if meant is None:
            continue
        said = sheet.said(*found.span(), found.start() - meant.before, found.end() + meant.behind)
        readings, why = duration_read(found, sheet.asked, until=meant.field is QuoteField.VALID_UNTIL)
        _add(sheet, FieldRead(field=meant.field, readings=readings, said=said, why=why))
        sheet.take(*found.span())
    for day in find_days(sheet.text):
        meant = _meant(sheet, day.start, day.end)
        if any(sheet.taken[day.start : day.end]) or meant is None:
            continue
        said = sheet.said(day.start, day.end, day.start - meant.before, day.end + meant.behind)
        readings, why = day_read(said, sheet.language, sheet.habits, sheet.asked, field=meant.field)
        _add(sheet, FieldRead(field=meant.field, readings=readings, said=said, why=why))
        sheet.take(day.start, day.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """Which field a time is, and how many characters before and behind it say so."""

    field: QuoteField
    before: int = 0
    behind: int = 0


def _meant(sheet: _Sheet, start: int, end: int) -> _Meant | None:
    """By the nearest label before it in its sentence, else by the one behind it."""
    before, after = sheet.before(start) + sheet.text[start:end], sheet.after(end)
    labels = ((QuoteField.VALID_UNTIL, quote_words.VALID), (QuoteField.LEAD_TIME, quote_words.LEAD))
    found = [(one.start(), name) for name, pattern in labels for one in pattern.finditer(before)]
    behind = [(one.end(), name) for name, pattern in labels for one in pattern.finditer(after)]
    if behind and min(behind)[1] is QuoteField.VALID_UNTIL and not any(one[1] is min(behind)[1] for one in found):
        return _Meant(field=QuoteField.VALID_UNTIL, behind=min(behind)[0])
    if found:
        at, name = max(found)
        return _Meant(field=name, before=max(0, len(before) - (end - start) - at))
    return _Meant(field=min(behind)[1], behind=min(behind)[0]) if behind else None


def _find_prices(sheet: _Sheet) -> None:
    for found in sheet.each(quote_words.TOTAL):
        sheet.take(*found.span())
    for found in sheet.each(quote_words.PRICE_LABEL):
        _add_price(sheet, *found.span("value"), *found.span())
    for found in sheet.each(PRICE):
        _add_price(sheet, *found.span(), *found.span())


def _add_price(sheet: _Sheet, first: int, last: int, start: int, end: int) -> None:
    said = sheet.said(first, last, start, end)
    price, currency = price_read(said, sheet.language, sheet.habits)
    other = _other_price_unit(sheet, first, last)
    _add(sheet, replace(price, why=price.why or other))
    if currency is not None:
        _add(sheet, currency)
    sheet.take(start, end)


def _other_price_unit(sheet: _Sheet, first: int, last: int) -> str:
    """Why a price is not of one unit as we count them, empty where it is or does not say."""
    per = [one for one in quote_words.PRICED_PER.finditer(sheet.text, first, last + _BEHIND) if one.start() <= last]
    named = per[-1]["unit"] if per else ""
    ours = sheet.asked.unit.casefold()
    pieces = {one for one in (named.casefold(), ours) if one in quote_words.PIECES}
    known = bool(re.fullmatch(quote_words.UNITS, named, re.IGNORECASE)) if named else True
    if not named or named.casefold() == ours or (known and ours in quote_words.PIECES) or len(pieces) > 1:
        return ""
    return f"the price is per {named!r}, asked for was {sheet.asked.unit!r}"


def _other_unit(sheet: _Sheet, at: int) -> str:
    """Why a count is not of units as we count them."""
    found = quote_words.OTHER_UNIT.match(sheet.text, at)
    if found is None or found[0].strip().casefold() == sheet.asked.unit.casefold():
        return ""
    return f"{found[0].strip()!r} are not {sheet.asked.unit!r}"


def _find_available(sheet: _Sheet) -> None:
    for found in sheet.each(quote_words.ALL_OF_IT):
        said = sheet.said(*found.span(), *found.span())
        _add(sheet, FieldRead(field=QuoteField.AVAILABLE, readings=(str(sheet.asked.quantity),), said=said))
        sheet.take(*found.span())
    for pattern in (quote_words.AVAILABLE_AFTER, quote_words.AVAILABLE_BEFORE):
        for found in sheet.each(pattern):
            if quote_words.DURATION.match(sheet.text, found.start("value")):
                continue
            said = sheet.said(*found.span("value"), *found.span())
            readings, why = units_read(said, sheet.language, sheet.habits)
            why = why or _other_unit(sheet, found.end("value"))
            _add(sheet, FieldRead(field=QuoteField.AVAILABLE, readings=readings, said=said, why=why))
            sheet.take(*found.span())


def _tell_the_rest(sheet: _Sheet) -> None:
    """Other codes, and numbers nobody has explained; the quantity asked for, said again, is explained."""
    for found in sheet.each(quote_words.OTHER_CODE):
        _tell(sheet, FindingKind.ALTERNATIVE, *found.span())
    for found in sheet.each(re.compile(quote_words.NUMBER)):
        if found[0] != str(sheet.asked.quantity):
            line = max(sheet.text.rfind("\n", 0, found.start()) + 1, found.start() - _NEAR)
            after = sheet.text[found.end() : found.end() + 30].split("\n")[0]
            said = _plain(sheet.text[line : found.end()] + after)
            sheet.findings.append(Finding(kind=FindingKind.NUMBER, said=said))


def _declines(sheet: _Sheet) -> Said | None:
    found = quote_words.DECLINES.search(sheet.text)
    return None if found is None else sheet.said(*found.span(), *found.span())


def _add(sheet: _Sheet, read: FieldRead) -> None:
    sheet.fields.append(read)


def _distinct(reads: Iterable[FieldRead]) -> Iterable[FieldRead]:
    """A value said twice alike is said once."""
    kept: dict[tuple[QuoteField, tuple[str, ...], str], FieldRead] = {}
    for one in reads:
        kept.setdefault((one.field, one.readings, one.why), one)
    return kept.values()


def _plain(text: str) -> str:
    return "".join(char for char in " ".join(text.split()) if char.isprintable())[:200]


def asked_of(inquiry: Inquiry, *, as_of: date) -> Asked:
    """What a reply is read against."""
    facts = inquiry.facts
    codes = tuple(code for code in (facts.item, facts.item_name, facts.supplier_part) if code)
    return Asked(codes=codes, quantity=facts.quantity, unit=facts.unit, as_of=as_of)
