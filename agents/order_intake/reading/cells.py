"""Where the cells and the lines of a table stand in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's place in the text, without spaces around it; an empty one has no length."""

    start: int
    end: int

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return self.end > self.start


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text."""

    start: int
    end: int


def lines_of(text: str) -> list[Line]:
    """Every line with its place."""
    lines: list[Line] = []
    start = 0
    for words in text.split("\n"):
        lines.append(Line(start, start + len(words)))
        start += len(words) + 1
    return lines
