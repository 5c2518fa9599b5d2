"""Papers as PDF through reportlab, the same bytes for the same paper.

Latin text is set in an embedded font. Chinese, Japanese, Korean, Cyrillic and Greek are set in fonts that every PDF
reader brings along. A character none of them has is printed as "?", and one that only steers text is left out: a name
never stops a slip, and the customer's code stands beside it.
"""

import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Protocol, cast

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from core.domain.papers import Paper

MARGIN, LEADING, SIZE, TITLE_SIZE = 42.0, 15.0, 9.0, 16.0
CELL_GAP = 6.0
LONGEST_CELL = 200
_TEXT, _BOLD = "Vera", "VeraBd"
# A font of every PDF reader, and the old character set that says what it can show.
_READERS_FONTS = (("STSong-Light", "gb2312"), ("HeiseiMin-W3", "shift_jis"), ("HYSMyeongJo-Medium", "euc_kr"))


class _Page(Protocol):
    """What is used of reportlab's canvas."""

    def setTitle(self, title: str) -> None: ...  # noqa: N802  # reportlab's names
    def setFont(self, name: str, size: float) -> None: ...  # noqa: N802
    def drawString(self, x: float, y: float, text: str) -> None: ...  # noqa: N802
    def line(self, x1: float, y1: float, x2: float, y2: float) -> None: ...
    def showPage(self) -> None: ...  # noqa: N802
    def save(self) -> None: ...


class _Face(Protocol):
    """The glyphs of an embedded font by character."""

    charToGlyph: Mapping[int, int]  # noqa: N815


class _Font(Protocol):
    """An embedded font."""

    face: object


class ReportlabDocuments:
    """Papers on A4 pages, their table going on from page to page."""

    def pdf(self, paper: Paper) -> bytes:
        """The file."""
        _fonts()
        held = io.BytesIO()
        page = cast(_Page, Canvas(held, pagesize=A4, invariant=1))
        page.setTitle(_printable(f"{paper.title} {paper.number}"))
        _Sheet(page, paper).draw()
        page.save()
        return held.getvalue()


class _Sheet:
    """One paper as it is drawn, from the top of each page down."""

    def __init__(self, page: _Page, paper: Paper) -> None:
        self._page, self._paper = page, paper
        self._wide, self._high = A4
        self._at = 0.0
        self._pages = 0

    def draw(self) -> None:
        """Head, facts, table, footer."""
        self._begin()
        for name, value in self._paper.facts:
            self._cells((name, value), (0.0, 130.0), bold=False)
        self._at -= LEADING / 2
        self._table_head()
        for row in self._paper.rows:
            self._row(row)
        if self._paper.footer:
            self._at -= LEADING
            self._cells((self._paper.footer,), (0.0,), bold=False)
        self._end()

    def _begin(self) -> None:
        self._pages += 1
        self._at = self._high - MARGIN - TITLE_SIZE
        self._text(MARGIN, f"{self._paper.title} {self._paper.number}", size=TITLE_SIZE, bold=True)
        self._at -= 1.5 * LEADING
        printed = f"printed {self._paper.printed_on.isoformat()}, page {self._pages}"
        self._text(MARGIN, printed, size=SIZE, bold=False)
        self._at -= 1.5 * LEADING

    def _end(self) -> None:
        self._page.showPage()

    def _table_head(self) -> None:
        self._cells(self._paper.columns, self._starts(), bold=True)
        self._page.line(MARGIN, self._at + LEADING - 4, self._wide - MARGIN, self._at + LEADING - 4)

    def _row(self, cells: Sequence[str]) -> None:
        if self._at < MARGIN + 2 * LEADING:
            self._end()
            self._begin()
            self._table_head()
        self._cells(cells, self._starts(), bold=False)

    def _starts(self) -> tuple[float, ...]:
        """Where the columns begin, each as wide as its widest cell deserves."""
        cells = [self._paper.columns, *self._paper.rows]
        wants = [min(40, max(len(row[at]) for row in cells)) + 2 for at in range(len(self._paper.columns))]
        unit = (self._wide - 2 * MARGIN) / sum(wants)
        return tuple(unit * sum(wants[:at]) for at in range(len(wants)))

    def _cells(self, cells: Sequence[str], starts: Sequence[float], *, bold: bool) -> None:
        ends = (*starts[1:], self._wide - 2 * MARGIN)
        for cell, start, end in zip(cells, starts, ends, strict=True):
            self._text(MARGIN + start, _cut(cell, end - start - CELL_GAP, bold=bold), size=SIZE, bold=bold)
        self._at -= LEADING

    def _text(self, x: float, text: str, *, size: float, bold: bool) -> None:
        for font, part in _runs(_printable(text), bold=bold):
            self._page.setFont(font, size)
            self._page.drawString(x, self._at, part)
            x += _width(part, font, size)


def _cut(text: str, width: float, *, bold: bool) -> str:
    """As much of a cell as its column holds, with an ellipsis where it was cut."""
    text = _printable(text)[:LONGEST_CELL]
    if _long(text, bold=bold) <= width:
        return text
    while text and _long(text + "...", bold=bold) > width:
        text = text[:-1]
    return text + "..."


def _long(text: str, *, bold: bool) -> float:
    return sum(_width(part, font, SIZE) for font, part in _runs(text, bold=bold))


def _width(text: str, font: str, size: float) -> float:
    return cast(Callable[[str, str, float], float], pdfmetrics.stringWidth)(text, font, size)


def _runs(text: str, *, bold: bool) -> Iterator[tuple[str, str]]:
    """Stretches of text with the font that shows them."""
    fonts = [_font_of(character) for character in text]
    for font, run in groupby(zip(fonts, text, strict=True), key=lambda pair: pair[0]):
        part = "".join(character for _, character in run)
        if font is None:
            yield (_BOLD if bold else _TEXT), "?" * len(part)
        else:
            yield (_BOLD if bold and font == _TEXT else font), part


def _font_of(character: str) -> str | None:
    if ord(character) in _glyphs():
        return _TEXT
    for font, charset in _READERS_FONTS:
        try:
            character.encode(charset)
        except UnicodeEncodeError:
            continue
        return font
    return None


def _printable(text: str) -> str:
    """Composed, on one line, without what only steers text (control, direction, zero width) or is no character."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if character.isspace() else character for character in composed)
    return "".join(x for x in spaced if unicodedata.category(x) not in {"Cc", "Cf", "Cs", "Co", "Cn"})


@cache
def _fonts() -> None:
    """Make the fonts known to reportlab, once a process."""
    folder = Path(str(reportlab.__file__)).parent / "fonts"
    register = cast(Callable[[object], None], pdfmetrics.registerFont)  # pyright: ignore[reportUnknownMemberType]
    for name in (_TEXT, _BOLD):
        register(TTFont(name, str(folder / f"{name}.ttf")))
    for name, _ in _READERS_FONTS:
        register(UnicodeCIDFont(name))


@cache
def _glyphs() -> frozenset[int]:
    """The characters the embedded font has."""
    _fonts()
    face = cast(_Face, cast(_Font, pdfmetrics.getFont(_TEXT)).face)
    return frozenset(face.charToGlyph)
