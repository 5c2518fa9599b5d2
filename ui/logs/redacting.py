"""Keeping secrets out of the log: those of this process by what they are, those of others by how they look."""

import json
import re
from collections.abc import Collection, Mapping, MutableMapping
from typing import Any, Final
from urllib.parse import quote

REDACTED: Final = "[redacted]"
LONGEST_TEXT: Final = 16_000
DEEPEST: Final = 5
SHORTEST_SECRET: Final = 4
"""A shorter one is not looked for: it would be found in half of all words."""

_FIELD = re.compile(
    r"(?i)(?:^|[_-])(?:authorization|cookies?|credentials?|passw(?:or)?d|secrets?|tokens?|(?:api|private)[_-]?key)$"
)
_NAME = r"[\w-]*(?:passw(?:or)?d|secret|token|credential|(?:api|private)[_-]?key)"
_QUOTED = r"""b?"(?:[^"\\]|\\.)*"|b?'(?:[^'\\]|\\.)*'"""
_LOOKS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), instead)
    for pattern, instead in (
        # what pydantic was given, in its own words
        (r"input_value=.*?(, input_type=|$)", rf"input_value={REDACTED}\1"),
        # our tokens, sessions, keys and links; the keys and tokens of others
        (r"\b(ex[pskl]_|sk-|whsec_|gh[pousr]_|xox[abpr]-)[\w-]{6,}", rf"\1{REDACTED}"),
        (r"\beyJ[\w-]{6,}\.[\w-]+(\.[\w-]*)?", REDACTED),
        # headers: whole where they hold several values, by scheme elsewhere
        (r"""((?:set-)?cookie|authorization)(["']?(?:\s*[:=]|["']\s*,)\s*b?["']?)[^"'\r\n]+""", rf"\1\2{REDACTED}"),
        (r"\b(bearer|basic)\s+[^\s\"',;]+", rf"\1 {REDACTED}"),
        # user:password@ in an address
        (r"(\b[a-z][\w+.-]*://[^\s/:@\"']*):[^\s/@]+@", rf"\1:{REDACTED}@"),
        # name=value, "name": "value", ('name', 'value')
        (
            rf"""({_NAME}["']?\s*[:=]\s*)(?:{_QUOTED}|[^\s,;&)}}\]"']+)|({_NAME}["']\s*,\s*)(?:{_QUOTED})""",
            lambda found: f"{found[1] or found[2]}{REDACTED}",
        ),
    )
)

_SUSPECT: Final = re.compile(
    r"(?i)input_value|ex[pskl]_|sk-|whsec_|gh[pousr]_|xox|eyj|cookie|authorization|bearer|basic|://|passw|secret|token|"
    r"credential|key"
)
"""One of these is in all that looks like a secret; most texts hold none, and need not be looked through again."""


class Redaction:
    """Takes secrets out of a log line's fields; a structlog processor. `secrets` are the ones this process knows."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        known = {form for secret in secrets if len(secret) >= SHORTEST_SECRET for form in _forms(secret)}
        longest_first = sorted(known, key=lambda form: (-len(form), form))
        self._known = re.compile("|".join(map(re.escape, longest_first))) if known else None

    def __call__(self, logger: object, method: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {self.text(str(name)): self._field(str(name), value, 0) for name, value in fields.items()}

    def text(self, text: str) -> str:
        """The text without its secrets, and not longer than a line of a log may be."""
        if self._known is not None:
            text = self._known.sub(REDACTED, text)
        text = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} [cut]"
        for pattern, instead in _LOOKS if _SUSPECT.search(text) else ():
            text = pattern.sub(instead, text)
        return text

    def _field(self, name: str, value: object, depth: int) -> object:
        told = value is not None and not isinstance(value, bool | int | float)
        return REDACTED if told and _FIELD.search(name) else self._value(value, depth)

    def _value(self, value: object, depth: int) -> object:
        match value:
            case None | bool() | int() | float():
                return value
            case str():
                return self.text(value)
            case Mapping() if depth < DEEPEST:
                return {self.text(str(key)): self._field(str(key), one, depth + 1) for key, one in value.items()}
            case list() | tuple() | set() | frozenset() if depth < DEEPEST:
                return [self._value(one, depth + 1) for one in value]
            case _:
                return self.text(_shown(value))


def _shown(value: object) -> str:
    try:
        return str(value)
    except Exception as error:  # noqa: BLE001 - a log line must not fail for what somebody put into it
        return f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"


def _forms(secret: str) -> set[str]:
    """The secret as it may stand in an address, in JSON or in Python's own words."""
    return {secret, quote(secret, safe=""), json.dumps(secret)[1:-1], repr(secret)[1:-1]}
