"""The names a question may use, and finding them in it: codes, names and parts of names that mean one thing only."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from agents.ops_chat.words import WORDS

_WORD = re.compile(r"[a-z]+|[0-9]+(?:[.,][0-9]+)*|[^\W\d_]+")
_SHORTEST_PART = 4
_LONGEST_NAME = 8
# Words too common in questions to stand for a name they are part of.
_COMMON = frozenset(WORDS["names"]["common"])
_TRADES = WORDS["trades"]
_FILLERS = frozenset({"the", "of", "a", "an", "our", "and", "with"})
_UNITS = frozenset({"in", "hp", "mm", "kw"})
_SAME = {"inch": "in", "inches": "in", "zoll": "in", "pouces": "in", "pouce": "in", "pulgadas": "in", "ss": "stainless"}


class Kind(StrEnum):
    """What a mention in a question is."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    ITEM = "item"
    LOCATION = "location"
    SITE = "site"
    CENTER = "center"
    ORDER = "order"
    PURCHASE = "purchase"
    WORK = "work"
    TRANSFER = "transfer"
    CASE = "case"
    OPTION = "option"
    APPROVAL = "approval"
    DRAFT = "draft"
    DATE = "date"
    DAYS = "days"
    PERCENT = "percent"
    QUANTITY = "quantity"
    FACT = "fact"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something master data knows: its code, and what else it is called."""

    kind: Kind
    code: str
    names: tuple[str, ...] = ()

    def is_code(self, words: "Sequence[Word]") -> bool:
        """Whether the words are its code, written apart."""
        return [word.text for word in words_of(self.code)] == [word.text for word in words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of the question (`start` to `end`) that means something; `line` is that of an order."""

    kind: Kind
    value: str
    start: int
    end: int
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word without accents and capitals, where it stands in the text, and whether a space stands before it."""

    text: str
    start: int
    end: int
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """Names by their words. A name, or a part of one, that could mean two things of a kind means neither."""

    by_words: Mapping[tuple[str, ...], tuple[Named, ...]] = field(repr=False)
    described: tuple[tuple[frozenset[str], frozenset[str], Named], ...] = field(repr=False)
    centers: tuple[tuple[frozenset[str], frozenset[str], Named], ...] = field(default=(), repr=False)

    def centers_of(self, words: Sequence[Word]) -> tuple[Named, ...]:
        """The work centres of whose names most words are said, wherever they stand: "assembly in Houston". A word that
        only says where names none."""
        said = {stem(word.text) for word in words}
        said |= {other for word in words for other in _TRADES.get(word.text, ())}
        shared = [(len(name & said), named) for name, own, named in self.centers if own & said]
        most = max((count for count, _ in shared), default=0)
        return tuple(named for count, named in shared if count == most)

    def find(self, words: Sequence[Word]) -> Iterator[Mention]:
        """The names in the words, the longest first; no two of them overlap."""
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                found = self._meant(words[at : at + length])
                if found:
                    for named in found:
                        yield Mention(
                            kind=named.kind, value=named.code, start=words[at].start, end=words[at + length - 1].end
                        )
                    at += length
                    break
            else:
                at += 1

    def _meant(self, words: Sequence[Word]) -> tuple[Named, ...]:
        exactly = self.by_words.get(tuple(word.text for word in words), ())
        if any(word.apart for word in words[1:]):  # "can we 40" is not the item WE-40
            exactly = tuple(named for named in exactly if not named.is_code(words))
        return exactly or self._described(words)

    def _described(self, words: Sequence[Word]) -> tuple[Named, ...]:
        """The one item that all of the words describe, in whatever order: "3 inch gate valves"."""
        if _FILLERS & {words[0].text, words[-1].text} or len(words) < 2:
            return ()
        said = {stem(word.text) for word in words} - _FILLERS
        if not any(word.isdigit() for word in said):
            return ()
        fitting = [(head, named) for tokens, head, named in self.described if said <= tokens]
        if len(fitting) > 1:
            fitting = [(head, named) for head, named in fitting if head == said | (head & _UNITS)]
        return (fitting[0][1],) if len(fitting) == 1 else ()


def book_of(known: Iterable[Named]) -> NameBook:
    """The book of what master data knows. Beside whole codes and names, the beginnings of names and their single words
    count where they mean one thing of a kind."""
    whole: dict[tuple[str, ...], set[Named]] = {}
    parts: dict[tuple[str, ...], set[Named]] = {}
    known = tuple(known)
    for named in known:
        for name in (named.code, *named.names):
            words = tuple(word.text for word in words_of(name))[:_LONGEST_NAME]
            if words:
                whole.setdefault(words, set()).add(named)
                if named.kind is Kind.SITE:  # "Reno" is the plant, whatever else is called after the town
                    whole.setdefault(words[:1], set()).add(named)
                for part in () if named.kind is Kind.LOCATION else _parts_of(words):
                    parts.setdefault(part, set()).add(named)
    found = {words: tuple(meant) for words, meant in parts.items() if words not in whole and len(meant) == 1}
    found |= {words: _one_of_each(meant) for words, meant in whole.items()}
    return NameBook(
        by_words={words: meant for words, meant in found.items() if meant},
        described=tuple(
            (_stems(name), _stems(name.split(",")[0]), named)
            for named in known
            if named.kind is Kind.ITEM
            for name in named.names
        ),
        centers=_centers(known),
    )


def _centers(known: Sequence[Named]) -> tuple[tuple[frozenset[str], frozenset[str], Named], ...]:
    """Work centres by the words of their names, and those of them that are no site's."""
    where = frozenset(word for one in known if one.kind is Kind.SITE for name in one.names for word in _stems(name))
    names = [(_stems(name) - _FILLERS, one) for one in known if one.kind is Kind.CENTER for name in one.names]
    return tuple((words, words - where, one) for words, one in names)


def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word.text) for word in words_of(name))


def stem(word: str) -> str:
    """The word without the s of a plural, and one word for a unit however it is written."""
    word = _SAME.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _parts_of(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for length in range(2, len(words)):
        yield words[:length]
    for word in words:
        if len(word) >= _SHORTEST_PART and not word.isdigit() and word not in _COMMON | _FILLERS:
            yield (word,)


def _one_of_each(meant: Iterable[Named]) -> tuple[Named, ...]:
    by_kind: dict[Kind, list[Named]] = {}
    for named in meant:
        by_kind.setdefault(named.kind, []).append(named)
    return tuple(found[0] for _, found in sorted(by_kind.items()) if len(found) == 1)


def words_of(text: str) -> list[Word]:
    """The words of a text in lower case, without accents; letters and the digits that follow them are two words."""
    level = plain(text)
    return [
        Word(text=match.group(), start=match.start(), end=match.end(), apart=level[: match.start()][-1:].isspace())
        for match in _WORD.finditer(level)
    ]


def plain(text: str) -> str:
    """The text in lower case without accents, letter for letter: every place in it is the same place in the text."""
    return "".join(_bare(letter) for letter in text)


def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base if len(base) == 1 else letter
