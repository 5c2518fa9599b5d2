"""The table of docs/configuration.md, and the settings in force: both from what is said in core/config.py."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.config import Environment, Said

BEGIN, END = "<!-- settings: begin -->", "<!-- settings: end -->"
HIDDEN = "hidden"
_OF_THE_CONSOLE = Said(
    "`http://127.0.0.1:8710`",
    "where the console finds the API; `expediter serve` sets it for the console it starts",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting in force: its value, none of a secret, and whether the environment says it."""

    name: str
    value: str | None
    given: bool


def settings_table() -> str:
    """Every variable with its default and meaning, in the order of the code."""
    rows = [*_said(), ("EXPEDITER_SERVER", _OF_THE_CONSOLE)]
    lines = [f"| `{name}` | {said.default} | {said.meaning} |" for name, said in rows]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *lines, ""])


def settings_in_force(environment: Environment) -> tuple[Setting, ...]:
    """Every setting of this process; what is secret is said to be there and no more."""
    values: dict[str, object] = environment.model_dump()
    found = list[Setting]()
    for name, said in _said():
        value, given = values[name.lower()], name.lower() in environment.model_fields_set
        shown = None if value is None else HIDDEN if said.secret else str(value)
        found.append(Setting(name=name, value=shown, given=given))
    return tuple(found)


def _said() -> Iterator[tuple[str, Said]]:
    for name, field in Environment.model_fields.items():
        (said,) = (one for one in field.metadata if isinstance(one, Said))
        yield name.upper(), said
