"""A letter's documents as the second reader sees them: days and goods found, everything blanked that is no count."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from agents.order_intake.second.counts import written_plain
from agents.order_intake.second.days import SeenDay, days_seen
from agents.order_intake.second.folding import folded
from agents.order_intake.second.masks import DAY, ITEM, blanked
from core.domain.intake.letters import Document, Letter
from core.domain.intake.transcripts import Said, TranscribedLine, Transcript
from core.domain.intake.vocabulary import Vocabulary

LANGUAGES = ("en", "de", "es", "fr", "nl")
_TOKEN = re.compile(r"[a-z0-9]+")
_MOST_TOKENS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The rows of a document one line was read from; `first` and `last` are where its own words begin and end."""

    source: str
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A known code in a text, as a key without marks and capitals."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPage:
    """One document: `blanked` has its counts and marks of goods, `numbered` numbers of orders as well, `without_goods`
    all but goods and days, `folded` all of it; each is as long as the text."""

    document: Document
    language: str
    blanked: str
    numbered: str
    without_goods: str
    folded: str
    days: tuple[SeenDay, ...]
    codes: tuple[Code, ...]

    @property
    def text(self) -> str:
        """The text as it is written."""
        return self.document.text

    def rows_of(self, first: int, last: int) -> tuple[int, int]:
        """The whole rows of a stretch."""
        stop = self.text.find("\n", last)
        return self.text.rfind("\n", 0, first) + 1, stop if stop >= 0 else len(self.text)

    def rows(self) -> Iterator[tuple[int, int]]:
        """Every row that says something."""
        start = 0
        for row in self.text.split("\n"):
            if row.strip():
                yield start, start + len(row)
            start += len(row) + 1


def pages_of(letter: Letter, transcript: Transcript, vocabulary: Vocabulary, *, as_of: date) -> dict[str, SecondPage]:
    """The documents by their source; the goods of lines are where the transcript says that they stand."""
    language = next((one for one in letter.languages if one in LANGUAGES), transcript.language)
    known = {code_key(code) for code in vocabulary.item_codes | vocabulary.customer_numbers}
    said = [one for line in transcript.lines for one in (line.item, line.description) if one is not None]
    return {
        one.source: _page(one, said, known, language=language, as_of=as_of)
        for one in letter.documents
        if one.source != "from"
    }


def _page(document: Document, said: list[Said], known: set[str], *, language: str, as_of: date) -> SecondPage:
    plain = written_plain(folded(document.text), language=language)
    codes = tuple(_codes(plain, known))
    goods = [(one.start, one.end) for one in codes]
    goods += [
        (one.start, min(one.end, len(plain)))
        for one in said
        if one.source == document.source and 0 <= one.start < one.end and not _inside(one, codes)
    ]
    days = days_seen(document.text, language=language, as_of=as_of)
    stands = [(one.start, one.end) for one in days]
    bare = list(plain)
    for mark, places in ((DAY, stands), (ITEM, [(one.start, one.end) for one in codes])):
        for start, end in places:
            bare[start:end] = mark + " " * (end - start - 1)
    return SecondPage(
        document=document,
        language=language,
        blanked=blanked(document.text, plain, days=stands, goods=goods),
        numbered=blanked(document.text, plain, days=stands, goods=goods, references=False),
        without_goods="".join(bare),
        folded=plain,
        days=days,
        codes=codes,
    )


def _inside(said: Said, codes: tuple[Code, ...]) -> bool:
    """Whether words are only a code that was found, or a part of it."""
    return any(code.start <= said.start and said.end <= code.end for code in codes)


def _codes(plain: str, known: set[str]) -> Iterator[Code]:
    """Known codes however they are spaced, the longest at each place."""
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(plain)]
    at = 0
    while at < len(tokens):
        step = 1
        for more in range(min(_MOST_TOKENS, len(tokens) - at), 0, -1):
            start, end = tokens[at][0], tokens[at + more - 1][1]
            key = plain[start:end]
            if len(key) > 40 or not _is_one(key):
                continue
            key = code_key(key)
            if key in known:
                yield Code(key=key, start=start, end=end)
                step = more
                break
        at += step


def _is_one(words: str) -> bool:
    """Whether words may be one code: parts kept together by one mark, or by a space where it has digits."""
    marks = re.findall(r"[^a-z0-9]+", words)
    return all(mark in {"-", "_", ".", "/", " "} for mark in marks) and (
        " " not in marks or any(char.isdigit() for char in words)
    )


def code_key(code: str) -> str:
    """A code without marks and capitals."""
    return re.sub(r"[^a-z0-9]+", "", folded(code))


def region_of(line: TranscribedLine, pages: Mapping[str, SecondPage], *, shared: bool = False) -> Region | None:
    """The rows of a line's words, or of its quantity where lines have `shared` goods; None where they stand nowhere."""
    spans = [one for one in (line.item, line.description, line.quantity) if one is not None]
    anchor = line.item or line.description or line.quantity
    if line.quantity is not None and (shared or (anchor is not None and anchor.source != line.quantity.source)):
        spans, anchor = [line.quantity], line.quantity
    if anchor is None or anchor.source not in pages:
        return None
    page = pages[anchor.source]
    near = [one for one in spans if one.source == anchor.source and 0 <= one.start <= one.end <= len(page.text)]
    if not near:
        return None
    first, last = min(one.start for one in near), max(one.end for one in near)
    start, end = page.rows_of(first, last)
    return Region(source=anchor.source, start=start, end=end, first=first, last=last)
