"""A mapping: how a folder's files become a company pack, and what the data lacks, declared."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.domain.money import LARGEST_AMOUNT
from core.services.packs.formats import FORMATS
from core.services.packs.gaps import GapLog
from core.services.packs.settings_text import SettingsText, settings_from

EVERY_OTHER = "*"

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_TIME_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """What stands in a column that a file lacks or leaves blank.

    Exactly one holds: `constant`; `source` with `values` (a column of the same file, or `item.make` for a column of the
    item the row names), or without, when the text itself stands; `before_as_of`, a date column that makes the flag true
    when it lies before the as-of date.
    """

    column: str
    constant: str | None = None
    source: str | None = None
    values: Mapping[str, str]
    otherwise: str = ""
    before_as_of: str | None = None

    def __str__(self) -> str:
        if self.constant is not None:
            return f"is {self.constant!r}"
        if self.before_as_of is not None:
            return f"is true where {self.before_as_of} lies before the as-of date"
        if not self.values:
            return f"is what {self.source} says"
        cases = [f"{value!r} where {self.source} is {text!r}" for text, value in self.values.items()]
        if self.otherwise:
            cases.append(f"{self.otherwise!r} otherwise")
        return f"is {', '.join(cases)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMapping:
    """Where one kind of file comes from: its name, our column -> its column, fills, and columns left unread.

    With `each`, every different text of that column of the file is one row. `factors` multiply the numbers of a column.
    """

    file: str
    columns: Mapping[str, str]
    fills: tuple[Fill, ...] = ()
    ignored: tuple[str, ...] = ()
    declared: bool = False
    each: str = ""
    factors: Mapping[str, int] = field(default_factory=dict[str, int])

    def source_of(self, column: str) -> str:
        """The header in the file for one of our columns."""
        return self.columns.get(column, column)


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRule:
    """A declared lane; an origin or destination of `*` stands for every other location."""

    origin: str
    destination: str
    days: int
    fixed_cost: Decimal
    unit_cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMapping:
    """A `pack.toml` or a shipped mapping, read."""

    file: str
    text: str
    name: str
    as_of: date
    currency: str
    time_zone: str
    default_ship_from: str
    default_late_penalty_percent: Decimal
    buffer_days: int
    assumptions: tuple[str, ...]
    units: Mapping[str, int]
    lanes: tuple[LaneRule, ...]
    files: Mapping[str, FileMapping]

    @property
    def hash(self) -> str:
        """SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def mapping_from(text: str, *, file: str, log: GapLog) -> PackMapping:
    """Reads a mapping; what is wrong with it goes to the log and stops the reading of the pack."""
    settings = settings_from(text, file=file, log=log)
    mapping = PackMapping(
        file=file,
        text=text,
        name=settings.text("name"),
        as_of=settings.day("as_of"),
        currency=_like(settings, "currency", _CURRENCY, "accepted is a three-letter ISO 4217 code such as 'USD'"),
        time_zone=_like(settings, "time_zone", _TIME_ZONE, "accepted is a name such as 'America/Chicago'"),
        default_ship_from=settings.text("default_ship_from"),
        default_late_penalty_percent=settings.amount("default_late_penalty_percent", Decimal(100)),
        buffer_days=settings.whole("buffer_days", 365, default=0),
        assumptions=settings.texts("assumptions"),
        units=_units(settings.table("units")),
        lanes=tuple(_lane(entry) for entry in settings.tables("lanes")),
        files=_files(settings.table("files")),
    )
    settings.done()
    return mapping


def _like(settings: SettingsText, key: str, pattern: re.Pattern[str], accepted: str) -> str:
    value = settings.text(key)
    if value and not pattern.fullmatch(value):
        settings.refuse(key, value, accepted)
    return value


def _units(table: SettingsText) -> dict[str, int]:
    return {unit: table.whole(unit, 1_000_000, least=1) for unit in table.names()}


def _lane(entry: SettingsText) -> LaneRule:
    rule = LaneRule(
        origin=entry.text("origin"),
        destination=entry.text("destination"),
        days=entry.whole("days", 365),
        fixed_cost=entry.amount("fixed_cost", LARGEST_AMOUNT, default=Decimal(0)),
        unit_cost=entry.amount("unit_cost", LARGEST_AMOUNT, default=Decimal(0)),
    )
    entry.done()
    return rule


def _files(table: SettingsText) -> dict[str, FileMapping]:
    files: dict[str, FileMapping] = {}
    for kind in table.names():
        if kind not in FORMATS:
            table.refuse(kind, kind, f"accepted are {', '.join(FORMATS)}")
            continue
        files[kind] = _file(table.table(kind), kind)
    for kind in FORMATS:
        files.setdefault(kind, FileMapping(file=f"{kind}.csv", columns={}))
    return files


def _file(table: SettingsText, kind: str) -> FileMapping:
    name = table.text("file", f"{kind}.csv")
    if not _PLAIN_NAME.fullmatch(name):
        table.refuse("file", name, "accepted is the name of a file in the pack's folder")
    columns = table.table("columns")
    fills = table.table("fill")
    factors = table.table("factors")
    for part in (columns, fills, factors):
        for column in part.names():
            if column not in FORMATS[kind].columns:
                part.refuse(column, column, f"accepted are {', '.join(FORMATS[kind].columns)}")
    mapping = FileMapping(
        file=name,
        columns={column: columns.text(column) for column in columns.names()},
        fills=tuple(_fill(fills, column) for column in fills.names()),
        ignored=table.texts("ignored"),
        declared=True,
        each=table.text("each") if table.has("each") else "",
        factors={column: factors.whole(column, 1_000_000, least=1) for column in factors.names()},
    )
    table.done()
    return mapping


def _fill(fills: SettingsText, column: str) -> Fill:
    if not fills.is_table(column):
        return Fill(column=column, constant=fills.scalar(column), values={})
    table = fills.table(column)
    if table.has("before_as_of"):
        fill = Fill(column=column, before_as_of=table.text("before_as_of"), values={})
    else:
        otherwise = table.scalar("otherwise") if table.has("otherwise") else ""
        values = table.table("values").scalars() if table.has("values") else {}
        fill = Fill(column=column, source=table.text("from"), values=values, otherwise=otherwise)
    table.done()
    return fill
