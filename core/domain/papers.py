"""Papers of the warehouse: what stands on a pick list and on a packing slip."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A page of facts above a table. `printed_on` stands on it; the bytes of a paper depend on nothing else."""

    title: str
    number: str
    printed_on: date
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: str = ""
