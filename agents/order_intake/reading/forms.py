"""Forms: one value a line behind its label, read as a table of one row that was set upright."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agents.order_intake.reading.grids import Cell, Grid, Line, lines_of
from agents.order_intake.reading.headings import role_of
from agents.order_intake.reading.page import Page

_LABELLED = re.compile(
    r"^[ \t*•·\-|]*(?P<label>[^\W\d_][^:\n\t|]{0,40}?)[ \t.*]*(?:[:=]\**[ \t]*|\t+|[ \t]*\|[ \t]*)"
    r"(?P<value>[^\s|].*?)[ \t|*]*$"
)
_COUNT = re.compile(r"\d[\d.,]*(?:[ ]*(?:x|\u00d7))?(?:[ ]*[^\W\d_]+\.?)?")
_GOODS = ("item", "customer_item", "description")
_ROLES = frozenset({*_GOODS, "number", "quantity", "unit", "requested", "unit_price", "amount", "currency", "silent"})
_ANY_DATE = frozenset({"date", "datum", "fecha"})
_MOST_FORMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    role: str
    label: Cell
    value: Cell


def with_forms(page: Page, grids: Sequence[Grid]) -> list[Grid]:
    """The tables of a page and its forms, where those are no part of a table."""
    forms = [form for form in _forms(page) if not any(a.start < form.end and form.start < a.end for a in grids)]
    return sorted([*grids, *forms[:_MOST_FORMS]], key=lambda grid: grid.start)


def _forms(page: Page) -> Iterator[Grid]:
    fields: list[_Field] = []
    for line in lines_of(page.text):
        if not page.text[line.start : line.end].strip() and not _is_whole(page, fields):
            continue
        field = _field(page, line, fields)
        if field is None or any(one.role == field.role for one in fields):
            if _is_whole(page, fields):
                yield _grid(fields)
            fields = []
        fields += [field] if field else []
    if _is_whole(page, fields):
        yield _grid(fields)


def _field(page: Page, line: Line, before: Sequence[_Field]) -> _Field | None:
    found = _LABELLED.match(page.text[line.start : line.end])
    if found is None:
        return None
    label = re.sub(r"[ \t]*\d+$", "", found["label"])
    role = role_of(label)
    if role not in _ROLES or (label.casefold() in _ANY_DATE and not any(one.role in _GOODS for one in before)):
        return None
    places = [Cell(line.start + found.start(group), line.start + found.end(group)) for group in ("label", "value")]
    return _Field(role=role, label=places[0], value=places[1])


def _is_whole(page: Page, fields: Sequence[_Field]) -> bool:
    """Whether goods that are known and how many of them are among the fields."""
    counted = [one.value for one in fields if one.role == "quantity"]
    goods = [one.value for one in fields if one.role in _GOODS]
    return any(_COUNT.fullmatch(page.text[one.start : one.end]) for one in counted) and any(
        page.between(one.start, one.end, "code", "name") for one in goods
    )


def _grid(fields: Sequence[_Field]) -> Grid:
    return Grid(
        roles=tuple(one.role for one in fields),
        rows=(tuple(one.value for one in fields),),
        heading=tuple(one.label for one in fields),
        start=fields[0].label.start,
        end=fields[-1].value.end,
    )
