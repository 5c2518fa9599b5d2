"""Settings read from TOML: each value checked for its kind, each complaint with file, line and key."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from core.domain.money import PRICE_STEP
from core.services.packs.gaps import Gap, GapLog, GapRule, Severity


class SettingsText:
    """One table of a TOML file. Keys that nobody asked for are complained about at the end."""

    def __init__(self, values: Mapping[str, object], *, file: str, text: str, log: GapLog, path: str = "") -> None:
        self._values = values
        self._file = file
        self._text = text
        self._log = log
        self._path = path
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        """Whether the key is there; it counts as asked for."""
        self._asked.add(key)
        return key in self._values

    def names(self) -> tuple[str, ...]:
        """All keys, in the order of the file."""
        return tuple(self._values)

    def text(self, key: str, default: str | None = None) -> str:
        """A text of one to 200 characters."""
        value = self._value(key, default)
        if isinstance(value, str) and 0 < len(value.strip()) <= 200 and value.isprintable():
            return value.strip()
        if value is not None and value != default:
            self.refuse(key, value, "accepted is a text of 1 to 200 characters in quotes")
        return default or ""

    def day(self, key: str) -> date:
        """A date without a time."""
        value = self._value(key, None)
        if isinstance(value, date) and not isinstance(value, datetime) and 1990 <= value.year <= 2200:
            return value
        if value is not None:
            self.refuse(key, value, "accepted is a date such as 2026-11-02, without quotes")
        return date(1990, 1, 1)

    def whole(self, key: str, most: int, *, least: int = 0, default: int | None = None) -> int:
        """A whole number from `least` to `most`."""
        value = self._value(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        if value is not None:
            self.refuse(key, value, f"accepted is a whole number from {least:,} to {most:,}")
        return default or 0

    def amount(self, key: str, most: Decimal, *, default: Decimal | None = None) -> Decimal:
        """A number from 0 to `most` with at most four decimals."""
        value = self._value(key, default)
        number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
        fits = isinstance(number, Decimal) and number.is_finite() and 0 <= number <= most
        if fits and isinstance(number, Decimal) and number == number.quantize(PRICE_STEP):
            return number
        if value is not None:
            self.refuse(key, value, f"accepted is a number from 0 to {most:,} with at most 4 decimals")
        return default or Decimal(0)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is absent."""
        value = self._value(key, [])
        entries = cast(list[object], value) if isinstance(value, list) else [value]
        if not all(isinstance(entry, str) for entry in entries):
            self.refuse(key, entries, "accepted is a list of texts")
            return ()
        return tuple(str(entry) for entry in entries)

    def table(self, key: str) -> "SettingsText":
        """A table, empty when the key is absent."""
        value = self._value(key, {})
        if not isinstance(value, dict):
            self.refuse(key, value, "accepted is a table")
            value = {}
        return self._part(cast(dict[str, object], value), key)

    def tables(self, key: str) -> "tuple[SettingsText, ...]":
        """A list of tables, empty when the key is absent."""
        value = self._value(key, [])
        entries = cast(list[object], value) if isinstance(value, list) else [value]
        if not all(isinstance(entry, dict) for entry in entries):
            self.refuse(key, entries, f"accepted are tables, each headed [[{key}]]")
            return ()
        return tuple(self._part(cast(dict[str, object], entry), key) for entry in entries)

    def scalars(self) -> dict[str, str]:
        """Every key of this table as text: strings, whole numbers, dates and true or false."""
        result: dict[str, str] = {}
        for key in self._values:
            result[key] = self.scalar(key)
        return result

    def scalar(self, key: str) -> str:
        """One string, number, date or flag as text."""
        value = self._value(key, None)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | Decimal | date):
            return str(value)
        self.refuse(key, value, "accepted is a text, a number, a date, true or false")
        return ""

    def is_table(self, key: str) -> bool:
        """Whether the key holds a table."""
        return isinstance(self._values.get(key), dict)

    def refuse(self, key: str, value: object, accepted: str) -> None:
        """Logs that the value of a key is not accepted."""
        self._log.stop(
            Gap(
                severity=Severity.ERROR,
                rule=GapRule.SETTING,
                file=self._file,
                line=self._line_of(key),
                column=self._path + key,
                value=str(value)[:80],
                accepted=accepted,
            )
        )

    def done(self) -> None:
        """Complains about every key nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                known = ", ".join(sorted(self._asked))
                self.refuse(key, self._values[key], f"the key is unknown; accepted are {known}")

    def _value(self, key: str, default: object) -> object:
        self._asked.add(key)
        if key in self._values:
            return self._values[key]
        if default is None:
            self.refuse(key, "", "the key is missing")
        return default

    def _part(self, values: dict[str, object], key: str) -> "SettingsText":
        path = f"{self._path}{key}."
        return SettingsText(values, file=self._file, text=self._text, log=self._log, path=path)

    def _line_of(self, key: str) -> int | None:
        found = re.search(rf"^\s*\[*[\w.\"]*\b{re.escape(key)}\b", self._text, re.MULTILINE)
        return None if found is None else self._text.count("\n", 0, found.end()) + 1


def settings_from(text: str, *, file: str, log: GapLog) -> SettingsText:
    """The top table of a TOML text; an empty one, with its gap, when it is not TOML."""
    values: dict[str, object] = {}
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except ValueError as problem:
        line = re.search(r"line (\d+)", str(problem))
        log.stop(
            Gap(
                severity=Severity.ERROR,
                rule=GapRule.MALFORMED_FILE,
                file=file,
                line=int(line.group(1)) if line else None,
                value=str(problem)[:80],
                accepted="accepted is a TOML file",
            )
        )
        # The keys that follow are missing only because nothing could be read.
        return SettingsText({}, file=file, text=text, log=GapLog())
    return SettingsText(values, file=file, text=text, log=log)
