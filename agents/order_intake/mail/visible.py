"""The words of an HTML mail that a person would see, and the ones hidden from that person."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_DROPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "svg", "object", "iframe"})
_VOID = frozenset(
    {"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "embed", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {"p", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "section", "article", "header", "footer"}
    | {"blockquote", "address", "dl", "dt", "dd", "form", "center", "tbody", "thead", "tfoot", "hr"}
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|font-size\s*:\s*[01](?:\.\d+)?\s*(?:px|pt|em|rem|%)?\s*(?:;|$|!)|max-height\s*:\s*0|max-width\s*:\s*0"
    r"|text-indent\s*:\s*-\d{3}|(?:left|top|right|margin-left)\s*:\s*-\d{3}|color\s*:\s*transparent"
    r"|clip\s*:\s*rect\(\s*0|(?:^|;)\s*(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$)",
    re.IGNORECASE,
)
_HIDING_RULE = re.compile(r"([.#][\w-]{1,60})\s*\{([^{}]{0,400})\}")
_COLOR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]{1,40})", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]{1,40})", re.IGNORECASE)
_WHITE = re.compile(
    r"^(?:#f[a-f]f[a-f]f[a-f]|#f[a-f]{2}|white|snow|rgba?\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5].*)$", re.IGNORECASE
)
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Visible:
    """Visible text, cells of a table row divided by tabs, quoted lines marked by ">"; hidden words apart."""

    text: str
    hidden: tuple[str, ...] = ()
    has_table: bool = False


def visible_text(html: str) -> Visible:
    """What is shown of HTML, however broken it is."""
    reader = _Reader(_hiding_names(html))
    # Not closed: the parser would try every unfinished tag again to the end. What is left of it is named instead.
    reader.feed(html + " ")
    reader.end_line()
    reader.hidden.append(reader.rawdata)
    lines = [re.sub(r" {2,}", " ", line).strip(" ") for line in reader.lines]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    hidden = tuple(words[:_SHOWN] for one in reader.hidden if (words := " ".join(one.split())))
    return Visible(text=text, hidden=hidden, has_table=reader.has_table)


def _hiding_names(html: str) -> frozenset[str]:
    """Classes and ids that the style sheet inside the document hides."""
    found: set[str] = set()
    lowered, at = html.lower(), 0
    for _ in range(5):
        start = lowered.find("<style", at)
        at = lowered.find("</style", start)
        if start < 0 or at < 0:
            break
        found |= {name for name, rule in _HIDING_RULE.findall(lowered[start:at][:20_000]) if _HIDING.search(rule)}
    return frozenset(found)


@dataclass(slots=True, kw_only=True)
class _Open:
    """An element that is open: are its words dropped, hidden or quoted, are its ink and its ground white."""

    tag: str
    dropped: bool
    hidden: bool
    quoted: bool
    white_ink: bool
    white_ground: bool


@dataclass(slots=True)
class _Table:
    """A table that is open, and whether it only lays out others."""

    cells: int = 0
    rows: int = 0
    layout: bool = False


@dataclass(slots=True)
class _Page:
    """What was read so far."""

    line: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Follows the open elements with a stack of its own, so that no nesting is too deep."""

    def __init__(self, hiding: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._hiding = hiding
        self._stack: list[_Open] = []
        self._tables: list[_Table] = []
        self._page = _Page()
        self.hidden: list[str] = []
        self.has_table = False

    @property
    def lines(self) -> list[str]:
        """The lines that are done."""
        return self._page.lines

    def end_line(self) -> None:
        """Ends the line that is being written."""
        words = "".join(self._page.line).strip("\n")
        quoted = bool(self._stack and self._stack[-1].quoted)
        self._page.lines.append(f"> {words}" if quoted else words)
        self._page.line = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element."""
        self._lay_out(tag)
        if tag not in _VOID and len(self._stack) < 5000:
            self._stack.append(self._opened(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Closes an element and everything still open inside it."""
        if not any(one.tag == tag for one in self._stack[-200:]):
            return
        if tag in _BLOCKS or tag == "table":
            self._break()
        while self._stack and self._stack.pop().tag != tag:
            pass
        if tag == "table" and self._tables:
            self._tables.pop()
        elif tag == "tr" and self._page.line:
            self.end_line()

    def handle_data(self, data: str) -> None:
        """Takes words in."""
        top = self._stack[-1] if self._stack else None
        if top and top.dropped:
            return
        if top and (top.hidden or (top.white_ink and top.white_ground)):
            self.hidden.append(data)
            return
        in_pre = any(one.tag == "pre" for one in self._stack[-6:])
        if in_pre and not self._in_cell:
            *whole, last = data.split("\n")
            for line in whole:
                self._page.line.append(line)
                self.end_line()
            self._page.line.append(last)
        else:
            self._page.line.append(re.sub(r"\s+", " ", data))

    def handle_comment(self, data: str) -> None:
        """Words in a comment are hidden words, unless mail programs wrote them."""
        if not data.lstrip().startswith("[if") and len(re.findall(r"[^\W\d_]{2,}", data)) >= 3:
            self.hidden.append(data)

    @property
    def _in_cell(self) -> bool:
        return (
            bool(self._tables) and not self._tables[-1].layout and any(o.tag in {"td", "th"} for o in self._stack[-8:])
        )

    def _break(self) -> None:
        if self._in_cell:
            self._page.line.append(" ")
        elif "".join(self._page.line).strip():
            self.end_line()

    def _open_table(self) -> None:
        if self._tables:
            self._tables[-1].layout = True
        self._break()
        self._tables.append(_Table())

    def _lay_out(self, tag: str) -> None:
        if tag == "table":
            self._open_table()
        elif tag == "tr" and self._tables:
            if self._page.line:
                self.end_line()
            self._tables[-1].cells, self._tables[-1].rows = 0, self._tables[-1].rows + 1
        elif tag in {"td", "th"} and self._tables:
            table = self._tables[-1]
            if table.cells:
                self._page.line.append("\t")
            table.cells += 1
            self.has_table = self.has_table or (table.cells > 1 and table.rows > 1)
        elif tag == "br":
            self._page.line.append(" ") if self._in_cell else self.end_line()
        elif tag in _BLOCKS:
            self._break()
            self._open_block(tag)

    def _open_block(self, tag: str) -> None:
        if self._in_cell:
            return
        if tag in {"p", "hr"} and self._page.lines and self._page.lines[-1]:
            self._page.lines.append("")
        if tag == "li":
            self._page.line.append("- ")

    def _opened(self, tag: str, attrs: dict[str, str]) -> _Open:
        above = self._stack[-1] if self._stack else None
        style, names = attrs.get("style", "")[:2000], f"{attrs.get('class', '')} {attrs.get('id', '')}".lower()
        ink, ground = _COLOR.search(style), _BACKGROUND.search(style)
        ink_said = ink[1].strip() if ink else attrs.get("color", "").strip()
        ground_said = ground[1].strip() if ground else attrs.get("bgcolor", "").strip()
        listed = {f".{one}" for one in attrs.get("class", "").lower().split()} | {f"#{attrs.get('id', '').lower()}"}
        hides = "hidden" in attrs or bool(_HIDING.search(style)) or bool(listed & self._hiding)
        quotes = (tag == "blockquote" and ("cite" in attrs or attrs.get("type") == "cite")) or bool(
            re.search(r"gmail_quote\b(?!_container)|yahoo_quoted|moz-cite-prefix", names) and tag == "blockquote"
        )
        return _Open(
            tag=tag,
            dropped=bool(above and above.dropped) or tag in _DROPPED,
            hidden=bool(above and above.hidden) or hides or (tag == "font" and attrs.get("size") == "0"),
            quoted=bool(above and above.quoted) or quotes,
            white_ink=bool(_WHITE.match(ink_said)) if ink_said else bool(above and above.white_ink),
            white_ground=bool(_WHITE.match(ground_said)) if ground_said else (above.white_ground if above else True),
        )
