"""Finding private words in a text: whole words, in whatever case and spacing, the longest first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.domain.private_words import PrivateKind, PrivateWord

SHORTEST = 3
_TOKEN = re.compile(r"\w+|[^\w\s]")
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A private word in a text, from `start` to before `end`."""

    kind: PrivateKind
    start: int
    end: int


class Lexicon:
    """Private words by their first word; made once, looked through as often as something leaves."""

    def __init__(self, words: Iterable[PrivateWord] = ()) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], PrivateKind]]] = {}
        for word in words:
            tokens = tuple(token.casefold() for token in _TOKEN.findall(word.text))
            if len(word.text) >= SHORTEST and tokens:
                self._by_first.setdefault(tokens[0], []).append((tokens, word.kind))
        for names in self._by_first.values():
            names.sort(key=lambda name: (-len(name[0]), name))

    def find(self, text: str) -> Iterator[Found]:
        """What is private in the text, from its beginning to its end; any address for mail is."""
        tokens = [(match.group().casefold(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
        mails = {match.start(): match.end() for match in _MAIL.finditer(text)}
        at = 0
        while at < len(tokens):
            word, start, _ = tokens[at]
            if start in mails:
                yield Found(kind=PrivateKind.EMAIL, start=start, end=mails[start])
                at = _after(tokens, at, mails[start])
                continue
            kind, length = self._longest(tokens, at, word)
            if kind is not None:
                yield Found(kind=kind, start=start, end=tokens[at + length - 1][2])
            at += length

    def _longest(self, tokens: list[tuple[str, int, int]], at: int, word: str) -> tuple[PrivateKind | None, int]:
        """The longest name that begins here and how many words it has; one word that is none is passed by."""
        for name, kind in self._by_first.get(word, ()):
            if tuple(token for token, _, _ in tokens[at : at + len(name)]) == name:
                return kind, len(name)
        return None, 1


def _after(tokens: list[tuple[str, int, int]], at: int, end: int) -> int:
    while at < len(tokens) and tokens[at][1] < end:
        at += 1
    return at
