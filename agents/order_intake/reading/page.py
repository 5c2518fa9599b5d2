"""One document while it is read: the marks found in it, and which of its characters are explained."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.domain.intake.transcripts import Said

_LEADER = re.compile(
    r"(?<=[\w)\"'])[ ]?(?:[.\u00b7\u2026_]{3,}|\.(?:[ ]\.){2,}|[-=]+>|[\u2192\u21d2])[ ]?(?=\d)"
    r"|(?<=[^\W\d_])[ ]?[.\u00b7]{5,}[ ]?(?=\w)"
)
READ_CHARACTERS = 40_000
"""So much of one document is read; what is beyond is named."""
_QUOTE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of text of one kind; its value is the part of it from `first` to `last`."""

    kind: str
    start: int
    end: int
    first: int
    last: int


@dataclass(slots=True)
class Page:
    """A document's text, its marks by place, the characters that something was made of, and where codes that no
    master data has begin, if there is any; the text as `written` where it is read with other marks."""

    source: str
    text: str
    language: str
    marks: list[Mark] = field(default_factory=list)
    taken: bytearray = field(default_factory=bytearray)
    explained: bytearray = field(default_factory=bytearray)
    guessed: set[int] = field(default_factory=set)
    written: str = ""

    def __post_init__(self) -> None:
        self.written = self.text
        self.text = _LEADER.sub(lambda found: ":" + " " * (len(found[0]) - 1), self.text)
        self.taken = bytearray(len(self.text))
        self.explained = bytearray(len(self.text))

    def is_free(self, start: int, end: int) -> bool:
        """Whether no mark lies on these characters."""
        return not any(self.taken[start:end])

    def add(self, kind: str, start: int, end: int, value: tuple[int, int] | None = None) -> bool:
        """Marks a stretch unless another mark lies on it."""
        if start >= end or not self.is_free(start, end):
            return False
        first, last = value or (start, end)
        self.marks.append(Mark(kind=kind, start=start, end=end, first=first, last=last))
        self.taken[start:end] = b"\x01" * (end - start)
        return True

    def cover(self, kind: str, start: int, end: int) -> None:
        """Marks a stretch in place of the marks inside it."""
        self.marks = [one for one in self.marks if not (start <= one.start and one.end <= end)]
        self.taken[start:end] = bytes(end - start)
        self.add(kind, start, end)

    def add_all(self, kind: str, pattern: re.Pattern[str], *, explains: bool = False) -> None:
        """Marks every match; its group `value`, where it has one, is the value."""
        for found in pattern.finditer(self.text):
            span = found.span("value") if "value" in found.groupdict() else found.span()
            if self.add(kind, found.start(), found.end(), span) and explains:
                self.explain(found.start(), found.end())

    def explain(self, start: int, end: int) -> None:
        """Says that something was made of these characters."""
        self.explained[start:end] = b"\x01" * max(0, end - start)

    def between(self, start: int, end: int, *kinds: str) -> list[Mark]:
        """The marks inside a stretch, of some kinds or of all, in order."""
        inside = [one for one in self.marks if start <= one.start and one.end <= end]
        return sorted((one for one in inside if not kinds or one.kind in kinds), key=lambda one: one.start)

    def said(self, start: int, end: int, value: tuple[int, int] | None = None) -> Said:
        """The words of a stretch, which are explained by being taken as a value."""
        first, last = value or (start, end)
        self.explain(start, end)
        return Said(
            text=self.written[first:last], quote=self.written[start:end], source=self.source, start=start, end=end
        )

    def trimmed(self, start: int, end: int, off: str = " \t\n,;:.()[]|*\"'") -> tuple[int, int]:
        """The stretch without what stands around its words."""
        while start < end and self.text[start] in off:
            start += 1
        while end > start and self.text[end - 1] in off:
            end -= 1
        return start, end

    def quote(self, start: int, end: int) -> str:
        """At most a line of a stretch, for a question."""
        start, end = self.trimmed(start, min(end, len(self.text)), " \t\n")
        return self.written[start : min(end, start + _QUOTE)]

    def unexplained(self) -> Iterator[tuple[int, int]]:
        """Every line, as a stretch, that has a number nothing was made of."""
        start = 0
        for line in self.text.split("\n"):
            end = start + len(line)
            if any(is_digit(self.text[at]) and not self.explained[at] for at in range(start, end)):
                yield start, end
            start = end + 1


def is_digit(char: str) -> bool:
    """Whether a character is a number or a part of one, in any script: digits, fractions, exponents."""
    return char.isdigit() or (not char.isascii() and unicodedata.category(char) in {"No", "Nl"})
