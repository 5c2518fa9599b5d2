"""What a question mentions: documents, names, quantities, days, dates and percentages, each with its place."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from agents.ops_chat.countries import countries_in
from agents.ops_chat.names import Kind, Mention, NameBook, plain, words_of
from agents.ops_chat.words import WORDS, whole_words

_DOCUMENTS = (
    (Kind.OPTION, re.compile(r"\bcase-\d+-\d+[a-z]\b")),
    (Kind.CASE, re.compile(r"\bcase[- ]?\d+\b|\bfall \d+\b|\bcaso \d+\b|\bcas \d+\b")),
    (Kind.APPROVAL, re.compile(r"\bap-\d+-\d+[a-z]\b")),
    (Kind.DRAFT, re.compile(r"\bdraft-\d+\b")),
    (Kind.ORDER, re.compile(r"\bso[- ]?\d[\w.\-]*")),
    (Kind.PURCHASE, re.compile(r"\bpo[- ]?\d[\w.\-]*")),
    (Kind.WORK, re.compile(r"\bwo[- ]?\d[\w.\-]*")),
    (Kind.TRANSFER, re.compile(r"\bto-\d[\w.\-]*")),
)
_NO_AMOUNT = r"(?!\s*(?:more|of|units|pcs|pieces|from|for|extra|x)\b)"
_NUMBERED = r"\s+(?:no\.?\s*|nr\.?\s*)?#?(\d[\w\-]{2,})" + _NO_AMOUNT
_BY_WORD = (
    (Kind.ORDER, re.compile(r"\b(?:sales order|order|auftrag|pedido|commande)" + _NUMBERED)),
    (Kind.PURCHASE, re.compile(r"\b(?:purchase order|bestellung)" + _NUMBERED)),
)
_LINE_AFTER = re.compile(
    r"\s*(?:/\s*(\d{1,4})\b|,?\s*\(?(?:line|position|pos\.?|zeile|linea|ligne|regel)\s*(\d{1,4})\b\)?)"
)
_LINE_BEFORE = re.compile(r"\b(?:line|position|zeile|linea|ligne|regel)\s+(\d{1,4})\s+(?:of|von|de|van|der|del|du)\s+$")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12, "fourteen": 14, "couple of": 2, "ein": 1, "eine": 1, "einen": 1, "einer": 1, "zwei": 2,
    "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "zehn": 10, "un": 1, "una": 1, "une": 1, "dos": 2, "tres": 3,
    "cuatro": 4, "cinco": 5, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "een": 1, "twee": 2, "drie": 3, "vijf": 5,
    "another": 1,
}  # fmt: skip
_AMOUNT = r"(\d{1,4}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")"
_LENGTHS = (
    (1, r"days?|tage?n?|dias?|jours?|dag(?:en)?"),
    (7, r"weeks?|wochen?|semanas?|semaines?|weken|week"),
    (30, r"months?|monate?n?|mes(?:es)?|mois|maand(?:en)?"),
)
_DURATIONS = tuple((days, re.compile(rf"\b{_AMOUNT}[\s\-]+(?:more\s+)?(?:{words})\b")) for days, words in _LENGTHS)
_PERCENT = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*(?:%|percent\b|per cent\b|prozent\b|por ciento\b|pour cent\b|procent\b)"
)
_QUANTITY = re.compile(r"(?<![\w./\-])(\d{1,3}(?:,\d{3})+|\d{1,9})(?![\w/%\-]|[.,]\d)")
_DOZENS = re.compile(r"\b" + _AMOUNT + r"\s+(?:dozen|dutzend|docenas?|douzaines?|dozijn)\b")
_FACTS = {name: whole_words(words) for name, words in WORDS["facts"].items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What was found, in the order of the text; `rest` is the text without it, in lower case and without accents."""

    found: tuple[Mention, ...]
    rest: str

    def all(self, *kinds: Kind) -> tuple[Mention, ...]:
        """The mentions of these kinds."""
        return tuple(mention for mention in self.found if mention.kind in kinds)

    def first(self, *kinds: Kind) -> Mention | None:
        """The first mention of these kinds."""
        return next(iter(self.all(*kinds)), None)

    def value(self, *kinds: Kind) -> str | None:
        """What the first mention of these kinds says."""
        mention = self.first(*kinds)
        return mention.value if mention else None


def mentions_in(text: str, book: NameBook, *, read_days: Callable[[str], Iterable[Mention]]) -> Mentions:
    """Everything the text mentions; what is found first keeps its place: documents, dates, lengths, names, numbers."""
    level = plain(text)
    kept: list[Mention] = []
    for finder in (
        _documents,
        _facts,
        read_days,
        _amounts,
        lambda rest: book.find(words_of(rest)),
        countries_in,
        _quantities,
    ):
        masked = _without(level, kept)
        kept.extend(mention for mention in finder(masked))
    kept.sort(key=lambda mention: (mention.start, mention.end, mention.kind))
    return Mentions(found=tuple(kept), rest=" ".join(_without(level, kept).split()))


def _without(text: str, mentions: Iterable[Mention]) -> str:
    letters = list(text)
    for mention in mentions:
        letters[mention.start : mention.end] = " " * (mention.end - mention.start)
    return "".join(letters)


def _documents(text: str) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    for kind, shape in (*_DOCUMENTS, *_BY_WORD):
        for match in shape.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            number = (match.group(1) if shape.groups else match.group()).rstrip(".-").upper()
            line, start, end = _line_of(text, start, end)
            taken.append((start, end))
            yield Mention(kind=kind, value=_written(kind, number), start=start, end=end, line=line)


def _written(kind: Kind, number: str) -> str:
    """The number as the books write it: SO-1042, whatever stands between letters and digits."""
    if kind is Kind.CASE:
        return f"CASE-{re.sub('[^0-9]', '', number)}"
    return re.sub(r"^(SO|PO|WO)[- ]?(?=\d)", r"\1-", number)


def _line_of(text: str, start: int, end: int) -> tuple[int | None, int, int]:
    if after := _LINE_AFTER.match(text, end):
        return int(after.group(1) or after.group(2)), start, after.end()
    if before := _LINE_BEFORE.search(text[:start]):
        return int(before.group(1)), before.start(), end
    return None, start, end


def _amounts(text: str) -> Iterator[Mention]:
    for days, shape in _DURATIONS:
        for match in shape.finditer(text):
            count = _counted(match.group(1)) * days
            yield Mention(kind=Kind.DAYS, value=str(count), start=match.start(), end=match.end())
    for match in _PERCENT.finditer(text):
        number = match.group(1).replace(",", ".")
        yield Mention(kind=Kind.PERCENT, value=number, start=match.start(), end=match.end())
    for match in _DOZENS.finditer(text):
        count = _counted(match.group(1)) * 12
        yield Mention(kind=Kind.QUANTITY, value=str(count), start=match.start(), end=match.end())


def _counted(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _facts(text: str) -> Iterator[Mention]:
    """Key figures by their names; of two at one place the longer one is meant."""
    found = [
        Mention(kind=Kind.FACT, value=name, start=match.start(), end=match.end())
        for name, shape in _FACTS.items()
        for match in shape.finditer(text)
    ]
    found.sort(key=lambda mention: (mention.start - mention.end, mention.start, mention.value))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return iter(sorted(kept, key=lambda mention: mention.start))


def _quantities(text: str) -> Iterator[Mention]:
    for match in _QUANTITY.finditer(text):
        number = match.group(1).replace(",", "")
        yield Mention(kind=Kind.QUANTITY, value=number, start=match.start(), end=match.end())
