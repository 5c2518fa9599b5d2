"""Nested values as rows of a table: a name for each of them, and its value as text."""

from collections.abc import Iterator, Mapping, Sequence


def rows(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Each value with the way to it: `negotiation: days`."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from rows(inner, f"{name}: {key}" if name else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if not value:
            yield name, "none"
        for at, inner in enumerate(value, 1):
            yield from rows(inner, f"{name} {at}")
    else:
        yield name, "none" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
