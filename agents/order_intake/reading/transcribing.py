"""The reader by rules: every number of a letter becomes part of a value, or is named as unclear. Nothing is guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from agents.order_intake.reading import facts, places, words
from agents.order_intake.reading.dated import is_vague
from agents.order_intake.reading.days import spread_days
from agents.order_intake.reading.days_of_goods import days_of_lines
from agents.order_intake.reading.forms import with_forms
from agents.order_intake.reading.goods import Goods
from agents.order_intake.reading.grids import Grid, find_grids
from agents.order_intake.reading.kinds import kind_of
from agents.order_intake.reading.marking import mark, orders_of
from agents.order_intake.reading.page import READ_CHARACTERS, Mark, Page
from agents.order_intake.reading.prose import Prose
from agents.order_intake.reading.rows import RowReader
from agents.order_intake.reading.schedules import schedules_of
from agents.order_intake.reading.sentences import counted_lines, segments_of
from agents.order_intake.reading.sums import check_totals
from agents.order_intake.values.languages import LANGUAGES
from agents.order_intake.values.numbers import Habits, habits_of
from core.domain.intake.item_words import code_key, plain_text
from core.domain.intake.letters import Document, Letter
from core.domain.intake.transcripts import Said, TranscribedLine, Transcript, TranscriptKind, Unclear
from core.domain.intake.vocabulary import Vocabulary

_CAPTION = 3
_ANSWER = re.compile(r"[ ]*(?:re|aw|sv|antw|rv|res|ré|fwd?|wg|tr|rép|doorst|rm)[ ]?:", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class _Part:
    """One document, read."""

    page: Page
    lines: tuple[TranscribedLine, ...] = ()
    requested: Said | None = None
    ordered_on: Said | None = None
    ship_to: Said | None = None
    unclear: list[Unclear] = field(default_factory=list)
    subject: Page | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What all documents of a letter are read by."""

    language: str
    goods: Goods
    habits: Habits
    orders: frozenset[str]


def transcribe(letter: Letter, vocabulary: Vocabulary | None = None) -> Transcript:
    """What a letter says. Items of `vocabulary` are found however they are written; without it, by their form."""
    language = next((one for one in letter.languages if one in LANGUAGES), "")
    goods = Goods.of(vocabulary)
    habits = habits_of(document.text for document in letter.documents)
    named = [document for document in letter.documents if document.source != "from"]
    context = _Context(language=language, goods=goods, habits=habits, orders=orders_of(named, language, goods))
    subject = [_page(one, context) for one in letter.documents if one.source == "subject"]
    about = next(iter(subject), None)
    parts = [_read(one, context, about) for one in letter.documents if one.source not in {"subject", "from"}]
    lines, unclear = _together(parts)
    if not lines:
        subject_part = [_read(one, context) for one in letter.documents if one.source == "subject"]
        lines = tuple(line for part in subject_part for line in part.lines)
        parts = [*parts, *(part for part in subject_part if part.lines or part.requested)]
    return _whole(letter, language, vocabulary, _Found(parts=parts, subject=subject, lines=lines, unclear=unclear))


@dataclass(slots=True, kw_only=True)
class _Found:
    """What the documents gave together."""

    parts: list[_Part]
    subject: list[Page]
    lines: tuple[TranscribedLine, ...]
    unclear: list[Unclear]


def _whole(letter: Letter, language: str, vocabulary: Vocabulary | None, found: _Found) -> Transcript:
    pages = [part.page for part in found.parts]
    every = [*pages, *found.subject]
    unclear = found.unclear
    po, more = facts.order_number(every, answers=bool(_ANSWER.match(letter.subject)))
    unclear += more
    customer, more = facts.customer(pages, vocabulary.customer_names if vocabulary else frozenset())
    unclear += more
    requested, more = _one("requested", [part.requested for part in found.parts])
    unclear += more
    requested = requested or _of_subject(letter, found)
    ship_to, more = _one("ship_to", [part.ship_to for part in found.parts])
    unclear += more
    terms, currency = facts.terms(every), facts.currency(pages)
    text = "\n".join(page.text for page in (*found.subject, *(part.page for part in found.parts)))
    # What an answer's subject asks was asked before.
    told = pages if found.lines and _ANSWER.match(letter.subject) else every
    kind, why = kind_of(_without_commands(told) if told else text, lines=len(found.lines), po=po is not None)
    if po is None and kind in {TranscriptKind.CHANGE, TranscriptKind.CANCELLATION}:
        po = facts.number_of_theirs(every)
    if why:
        unclear.append(Unclear(field="kind", why=why, quote=""))
    unclear += _waits(pages)
    unclear += _refers_back(pages, lines=found.lines, dated=requested is not None)
    return Transcript(
        kind=kind,
        language=language,
        customer=customer,
        customer_po=po,
        order_date=next((part.ordered_on for part in found.parts if part.ordered_on), None),
        requested=requested,
        ship_to=ship_to,
        currency=currency,
        payment_terms=terms,
        lines=found.lines,
        unclear=tuple(dict.fromkeys([*unclear, *(one for page in pages for one in _left_over(page))])),
        instructions=tuple(
            page.said(one.start, one.end) for page in every for one in page.between(0, len(page.text), "command")
        ),
    )


def _of_subject(letter: Letter, found: _Found) -> Said | None:
    """A day that only the subject names, where nothing below has one and the letter is no answer."""
    days = [(page, one) for page in found.subject for one in page.between(0, len(page.text), "day")]
    if len(days) != 1 or _ANSWER.match(letter.subject) or any(one.requested for one in found.lines):
        return None
    page, day = days[0]
    return page.said(day.start, day.end)


def _page(document: Document, context: _Context) -> Page:
    page = Page(source=document.source, text=document.text[:READ_CHARACTERS], language=context.language)
    mark(page, context.goods, context.orders)
    return page


def _read(document: Document, context: _Context, subject: Page | None = None) -> _Part:
    page = _page(document, context)
    part = _Part(page=page, subject=subject)
    if len(document.text) > READ_CHARACTERS:
        part.unclear.append(Unclear(field="text", why=f"only the first {READ_CHARACTERS} characters were read"))
    for one in page.between(0, len(page.text), "command"):
        page.explain(one.start, one.end)
    facts.explain_orders(page)
    part.ordered_on = facts.order_date(page)
    part.ship_to = places.place(page)
    if part.ship_to:
        page.cover("place", part.ship_to.start, part.ship_to.end)
    places.explain_billing(page)
    signature = facts.signature_of(page)
    facts.explain_surroundings(page, signature)
    for start, end in facts.subjects_sent_on(page):
        page.explain(start, end)
    _read_lines(part, context.habits, signature)
    return part


def _read_lines(part: _Part, habits: Habits, signature: tuple[int, int]) -> None:
    page = part.page
    grids = with_forms(page, find_grids(page))
    if part.ordered_on and any(one.start <= part.ordered_on.start < one.end for one in grids):
        # A day beside a line is the line's, whatever it is called.
        part.ordered_on = None
    readers: list[RowReader] = []
    for grid in grids:
        reader = RowReader(page, grid, habits, 0)
        reader.read()
        readers.append(reader)
    taken = [part.ordered_on, part.ship_to]
    hidden = [(said.start, said.end) for said in taken if said]
    page.marks = [one for one in page.marks if not (one.kind == "day" and any(a <= one.start < b for a, b in hidden))]
    silent = facts.subjects_sent_on(page) + ([(part.ship_to.start, part.ship_to.end)] if part.ship_to else [])
    spans = sorted([*segments_of(page, grids), *(span for reader in readers for span in reader.prose)])
    spans = [one for one in spans if not any(first <= one[0] and one[1] <= last for first, last in silent)]
    prose = Prose(
        page, counted=counted_lines(page), habits=habits, schedule=schedules_of(page, spans, habits, part.subject)
    )
    for start, end in spans:
        if _is_caption(page, start, end, grids):
            continue
        prose.read(start, end, signature=signature[0] <= start < signature[1])
    _give_told(prose, readers)
    prose.finish()
    spread = spread_days(page, prose.events, prose.lines)
    part.requested = spread.requested
    read = [*prose.lines, *(line for reader in readers for line in reader.lines)]
    if read and prose.other_days and not (part.requested or spread.unclear or any(one.requested for one in read)):
        part.requested = _only_day(part, prose.other_days)
    tagged = [(line, reader, at) for reader in readers for at, line in enumerate(reader.lines, start=1)]
    every = sorted([*((line, None, 0) for line in spread.lines), *tagged], key=lambda one: _place(one[0]))
    part.lines = _priced(page, tuple(line for line, _, _ in every))
    number_of = {(id(reader), at): number for number, (_, reader, at) in enumerate(every, start=1) if reader}
    for reader in readers:
        part.unclear.extend(replace(one, line=number_of.get((id(reader), one.line or 0))) for one in reader.unclear)
    part.unclear.extend([*prose.unclear, *spread.unclear, *check_totals(page, part.lines, habits)])


def _give_told(prose: Prose, readers: Sequence[RowReader]) -> None:
    """Gives lines the days that are said of their goods apart from them."""
    held = [prose.lines, *(reader.lines for reader in readers)]
    days, spans = days_of_lines(prose.page, prose.uncounted, [line for lines in held for line in lines])
    at = 0
    for lines in held:
        for place, line in enumerate(lines):
            if at in days:
                lines[place] = replace(line, requested=prose.page.said(days[at].start, days[at].end))
            at += 1
    if days:
        prose.forget(spans)


def _is_caption(page: Page, start: int, end: int, grids: Sequence[Grid]) -> bool:
    """Whether a line is only what the goods of the table below are called: a word or two without a number."""
    words = page.text[start:end].strip(" :*_-\n")
    if not page.between(start, end, "name"):
        return False
    follows = any(end <= grid.start and not page.text[end : grid.start].strip(" :*_-=|\n") for grid in grids)
    return follows and 0 < len(words.split()) <= _CAPTION and re.search(r"[\d.,;!?\n]", words) is None


def _only_day(part: _Part, days: Sequence[Mark]) -> Said | None:
    """The only day that is written, where nothing says what it is for: a person looks."""
    page = part.page
    if len({page.text[slice(*_span(one))].lower() for one in days}) != 1 or is_vague(page.text[slice(*_span(days[0]))]):
        return None
    said = page.said(*_span(days[0]))
    part.unclear.append(Unclear(field="day", why="nothing says what the only day is for", quote=said.quote))
    return said


def _span(mark: Mark) -> tuple[int, int]:
    return mark.start, mark.end


def _priced(page: Page, lines: tuple[TranscribedLine, ...]) -> tuple[TranscribedLine, ...]:
    """A price that stands apart is the only line's, where there is one line and one price."""
    apart = [one for one in page.between(0, len(page.text), "price") if not page.explained[one.start]]
    if len(apart) != 1 or len(lines) != 1 or lines[0].unit_price is not None:
        return lines
    return (replace(lines[0], unit_price=page.said(apart[0].start, apart[0].end)),)


def _place(line: TranscribedLine) -> int:
    return min(one.start for one in (line.item, line.description, line.quantity) if one)


def _together(parts: Sequence[_Part]) -> tuple[tuple[TranscribedLine, ...], list[Unclear]]:
    """The lines of all documents. The same lines in two of them count once; different ones are for a person."""
    unclear: list[Unclear] = []
    kept: list[TranscribedLine] = []
    for part in sorted(parts, key=lambda one: one.page.source == "body"):
        if kept and part.lines:
            if sorted(map(_key, kept)) == sorted(map(_key, part.lines)):
                continue
            unclear.append(
                Unclear(field="lines", why=f"{part.page.source} and another part of the letter name different lines")
            )
        unclear.extend(replace(one, line=one.line + len(kept)) if one.line else one for one in part.unclear)
        kept.extend(part.lines)
    return tuple(kept), unclear


def _key(line: TranscribedLine) -> tuple[str, str]:
    said = line.item or line.description
    name = code_key(line.item.text) if line.item else plain_text(said.text) if said else ""
    return name, re.sub(r"\D", "", line.quantity.text) if line.quantity else ""


def _one(about: str, said: Sequence[Said | None]) -> tuple[Said | None, list[Unclear]]:
    """The one value that several documents have; two different ones are for a person."""
    present = [one for one in said if one]
    if len({" ".join(one.text.lower().split()) for one in present}) > 1:
        quote = "; ".join(one.quote for one in present)
        return None, [Unclear(field=about, why="parts of the letter say different things", quote=quote)]
    return (present[0] if present else None), []


def _waits(pages: Sequence[Page]) -> list[Unclear]:
    """Where a letter asks to wait with goods, in whatever sentence: a person looks which."""
    found = [(page, match) for page in pages for match in words.HOLD.finditer(page.text)]
    return [
        Unclear(field="line", why=f"{match[0]!r} asks to wait", quote=page.quote(match.start(), match.end() + 40))
        for page, match in found[:3]
    ]


def _refers_back(pages: Sequence[Page], *, lines: Sequence[TranscribedLine], dated: bool) -> list[Unclear]:
    """What refers to an order before. "As usual" says nothing of goods where they are named with how many and when."""
    whole = bool(lines) and all(one.quantity and (one.requested or dated) for one in lines)
    found = [
        (page, match)
        for page in pages
        for match in words.BEFORE.finditer(page.text)
        if not (whole and words.HABIT.fullmatch(match[0]))
    ]
    return [
        Unclear(field="lines", why="refers to an earlier order", quote=page.quote(match.start(), match.end() + 40))
        for page, match in found[:3]
    ]


def _without_commands(pages: Sequence[Page]) -> str:
    """The text that says what is wanted: commands to the reader do not make a letter an order."""
    kept: list[str] = []
    for page in pages:
        chars = list(page.text)
        for one in page.between(0, len(page.text), "command"):
            chars[one.start : one.end] = " " * (one.end - one.start)
        kept.append("".join(chars))
    return "\n".join(kept)


def _left_over(page: Page) -> list[Unclear]:
    """Every line that has a number nobody has explained: what is left out is never left out silently."""
    return [
        Unclear(field="text", why="a number that the reader cannot explain", quote=page.quote(start, end))
        for start, end in page.unexplained()
    ]
