"""Drawing: small pictures as SVG, written by hand so that they look the same on every machine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

INK, FAINT, BLUE, ORANGE, GREEN, RED = "#1f2933", "#c9d1d9", "#2563eb", "#d97706", "#15803d", "#b91c1c"
_FONT = "font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\""


@dataclass(slots=True, kw_only=True)
class Picture:
    """A picture of so many points by so many, its parts in the order they are drawn; `title` is read aloud."""

    title: str
    width: int
    height: int
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, words: str, *, size: int = 12, anchor: str = "start", color: str = INK) -> None:
        """Words whose base line begins, ends or is centred at a point."""
        place = f'x="{_number(x)}" y="{_number(y)}" font-size="{size}" text-anchor="{anchor}" fill="{color}"'
        self.parts.append(f"<text {place}>{escape(words)}</text>")

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, color: str = INK, dashed: bool = False
    ) -> None:
        """A thin line."""
        ends = " ".join(
            f'{name}="{_number(value)}"' for name, value in zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True)
        )
        dash = ' stroke-dasharray="4 4"' if dashed else ""
        self.parts.append(f'<line {ends} stroke="{color}"{dash}/>')

    def path(self, points: Sequence[tuple[float, float]], *, color: str) -> None:
        """A line through points."""
        corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
        self.parts.append(f'<polyline points="{corners}" fill="none" stroke="{color}" stroke-width="2"/>')

    def bar(self, x: float, y: float, width: float, height: float, *, color: str) -> None:
        """A filled box."""
        box = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
        self.parts.append(f'<rect {box} rx="2" fill="{color}"/>')

    def dot(self, x: float, y: float, radius: float, *, color: str) -> None:
        """A filled circle, lightly see-through."""
        place = f'cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"'
        self.parts.append(f'<circle {place} fill="{color}" fill-opacity="0.7"/>')

    def svg(self) -> str:
        """The picture as one SVG element, which is a file of its own too."""
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" {_FONT}>'
        inside = [
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{self.width}" height="{self.height}" fill="#fff"/>',
        ]
        return "\n".join([head, *inside, *self.parts, "</svg>", ""])


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """A square of a picture on which both ways go from `low` to `high`."""

    left: float
    top: float
    side: float
    low: float
    high: float

    def at(self, across: float, up: float) -> tuple[float, float]:
        """The point of two values."""
        scale = self.side / (self.high - self.low)
        return self.left + (across - self.low) * scale, self.top + self.side - (up - self.low) * scale


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
