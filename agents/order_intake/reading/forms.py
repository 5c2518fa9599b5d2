"""Forms: one value a line behind its label, read as a table of one row that was set upright."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agents.order_intake.reading.cells import Cell, Line, lines_of
from agents.order_intake.reading.grids import Grid
from agents.order_intake.reading.headings import role_of
from agents.order_intake.reading.page import Page, is_digit

_LABELLED = re.compile(
    r"^[ \t*•·\-|]*(?P<label>[^\W\d_][^:\n\t|]{0,40}?)[ \t.*]*(?:[:=]\**[ \t]*|\t+|[ \t]*\|[ \t]*|[ ]{2,})"
    r"(?P<value>[^\s|].*?)[ \t|*]*$"
)
_COUNT = re.compile(r"\d[\d.,]*(?:[ ]*(?:x|\u00d7))?(?:[ ]*[^\W\d_]+\.?)?")
_NUMBERED = re.compile(
    r"[ \t*\u2022-]*(?:(?:item|pos|position|line|zeile|ligne|regel|artikel|article)[. ]*)?\d{1,3}[.):]*[ \t]+",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:^|(?<=\n))[ \t*#-]*(?:item|pos(?:ition|ición|\.)?|line|zeile|ligne|regel|artikel|article|artículo|partida"
    r"|renglón|poste|los|part)"
    r"[ .]*(?:no\.?|nr\.?)?[ ]*\d{1,4}[ \t*:.)]*\n\s*\Z",
    re.IGNORECASE,
)
# Sizes and powers in the words of goods are no counts.
_NO_COUNT = re.compile(r"\d+[.,/]?\d*[ -]?(?:in\b|inch|\"|''|zoll|pouces|pulgadas|hp\b|kw\b)", re.IGNORECASE)
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
    forms = [
        form
        for form in _own_days(list(_forms(page)))
        if not any(a.start < form.end and form.start < a.end for a in grids)
    ]
    return sorted([*grids, *forms[:_MOST_FORMS]], key=lambda grid: grid.start)


def _own_days(forms: list[Grid]) -> list[Grid]:
    """The forms, without a day that only the last of several ends with: that is the day of them all, and stands
    apart."""
    dated = ["requested" in form.roles for form in forms]
    if len(forms) < 2 or any(dated[:-1]) or forms[-1].roles[-1] != "requested" or forms[-1].heading is None:
        return forms
    last = forms[-1]
    row = last.rows[0][:-1]
    short = replace(last, roles=last.roles[:-1], rows=(row,), heading=(last.heading or ())[:-1], end=row[-1].end)
    return [*forms[:-1], short]


def _forms(page: Page) -> Iterator[Grid]:
    fields: list[_Field] = []
    for line in lines_of(page.text):
        if not page.text[line.start : line.end].strip() and not _is_whole(page, fields):
            continue
        field = _field(page, line, fields)
        more = [field] if field else _goods_alone(page, line)
        if not more and fields and _says_other(page, line):
            continue
        if not more or any(one.role == more[0].role for one in fields):
            if _is_whole(page, fields):
                yield _grid(page, fields)
            fields = []
        fields += more
    if _is_whole(page, fields):
        yield _grid(page, fields)


def _says_other(page: Page, line: Line) -> bool:
    """Whether a line is a label nobody knows and words without a number or goods: it ends no form."""
    found = _LABELLED.match(page.text[line.start : line.end])
    marks = page.between(line.start, line.end, "code", "name", "day")
    return found is not None and not marks and not any(map(is_digit, found[0]))


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


def _goods_alone(page: Page, line: Line) -> list[_Field]:
    """A line that is nothing but one item, counted or not, and its words: the head of the labels beneath it."""
    counted = _NUMBERED.match(page.text, line.start, line.end)
    first = counted.end() if counted else line.start
    goods = page.between(first, line.end, "code") or page.between(first, line.end, "name")
    if len(goods) != 1 or page.text[first : goods[0].start].strip(" \t*:-"):
        return []
    said = _NO_COUNT.sub("", page.text[first : goods[0].start] + page.text[goods[0].end : line.end])
    if any(map(is_digit, said)) or page.between(line.start, line.end, "day", "price"):
        return []
    item = _Field(role="item", label=Cell(line.start, first), value=Cell(goods[0].start, goods[0].end))
    start, end = page.trimmed(goods[0].end, line.end, " \t,;:|*-")
    rest = _Field(role="description", label=Cell(start, start), value=Cell(start, end))
    return [item, rest] if end > start else [item]


def _is_whole(page: Page, fields: Sequence[_Field]) -> bool:
    """Whether goods that are known and how many of them are among the fields."""
    counted = [one.value for one in fields if one.role == "quantity"]
    goods = [one.value for one in fields if one.role in _GOODS]
    return any(_COUNT.fullmatch(page.text[one.start : one.end]) for one in counted) and any(
        page.between(one.start, one.end, "code", "name") for one in goods
    )


def _grid(page: Page, fields: Sequence[_Field]) -> Grid:
    """The table of a form. It begins where its first line does; a line above that only counts it is explained."""
    start = page.text.rfind("\n", 0, fields[0].label.start) + 1
    counted = _COUNTED.search(page.text, max(0, start - 40), start)
    if counted:
        page.explain(counted.start(), counted.end())
    return Grid(
        roles=tuple(one.role for one in fields),
        rows=(tuple(one.value for one in fields),),
        heading=tuple(one.label for one in fields),
        start=start,
        end=fields[-1].value.end,
    )
