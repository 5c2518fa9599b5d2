"""What a careful clerk of the demo company would do with each order text, read strictly: the hundred held out, and
those to practise on.

`labels.json` of a set holds `as_of`, the business date, and `texts`, one object a file of its `texts/`:

- `file`, `language` (en de es fr nl), `layout` (one of a few words), `traits` (what is hard about it, any words);
- `outcome`: `order` (entered without asking the customer), `question` (asked first), `change` or `cancellation` of an
  order of before, `duplicate` of one, `no_order`;
- `customer`: its code, null where the text does not tell; `customer_po`: the customer's number of the order, or of the
  order that is changed, cancelled or repeated; null where there is none or where the text ends in a question;
- of an order `ship_to` (code of the address, null where the usual one is meant), `review` (fields that somebody has to
  look at: the draft may not be `high` in all of them) and `lines`;
- of a line `item` (our code), `quantity` in base units and `requested`: a day, two days between which any is right (a
  week was named), or null where the earliest day was asked for;
- of a question `asks`: for each thing that must be asked the fields one of which has to be among those asked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from core.domain.errors import InvalidValueError

FOLDER = Path(__file__).parent
TEXTS = FOLDER / "texts"
PRACTICE = FOLDER / "practice"
_KEYS = {"file", "language", "layout", "traits", "outcome", "customer", "customer_po"}
_ORDER_KEYS = _KEYS | {"ship_to", "review", "lines"}
_LANGUAGES = frozenset({"en", "de", "es", "fr", "nl"})


class Outcome(StrEnum):
    """How the work on a text ends."""

    ORDER = "order"
    QUESTION = "question"
    NO_ORDER = "no_order"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledLine:
    """A line as it should be: base units, and the days from `first` to `last` that are right; both None: the earliest
    day was asked for."""

    item: str
    quantity: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What should become of one text."""

    file: str
    language: str
    layout: str
    traits: tuple[str, ...]
    outcome: Outcome
    customer: str | None
    customer_po: str | None
    ship_to: str | None = None
    review: frozenset[str] = frozenset()
    lines: tuple[LabelledLine, ...] = ()
    asks: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The business date the texts were written for, and their labels in the order of their files."""

    as_of: date
    texts: tuple[Label, ...]


def read_labels(file: Path = FOLDER / "labels.json") -> Labels:
    """The labels; InvalidValueError names what is missing, unknown or twice."""
    said = json.loads(file.read_text(encoding="utf-8"))
    texts = tuple(_label(one) for one in said["texts"])
    files = [one.file for one in texts]
    if files != sorted(set(files)):
        raise InvalidValueError(f"the files of {file.name} are {files!r}; each has to be there once, in order")
    return Labels(as_of=date.fromisoformat(said["as_of"]), texts=texts)


def _label(said: Mapping[str, object]) -> Label:
    outcome = Outcome(str(said["outcome"]))
    wanted = {Outcome.ORDER: _ORDER_KEYS, Outcome.QUESTION: _KEYS | {"asks"}}.get(outcome, _KEYS)
    if set(said) != wanted or said["language"] not in _LANGUAGES:
        raise InvalidValueError(f"the label {dict(said)!r} needs exactly {sorted(wanted)} and a known language")
    return Label(
        file=str(said["file"]),
        language=str(said["language"]),
        layout=str(said["layout"]),
        traits=tuple(map(str, _list(said["traits"]))),
        outcome=outcome,
        customer=_text(said["customer"]),
        customer_po=_text(said["customer_po"]),
        ship_to=_text(said.get("ship_to")),
        review=frozenset(map(str, _list(said.get("review", [])))),
        lines=tuple(map(_line, _list(said.get("lines", [])))),
        asks=tuple(frozenset(map(str, _list(one))) for one in _list(said.get("asks", []))),
    )


def _line(said: object) -> LabelledLine:
    if (
        not isinstance(said, dict)
        or set(said) != {"item", "quantity", "requested"}
        or type(said["quantity"]) is not int
    ):
        raise InvalidValueError(f"the line {said!r} needs exactly item, quantity (whole) and requested")
    days = said["requested"]
    first, last = days if isinstance(days, list) else (days, days)
    return LabelledLine(item=str(said["item"]), quantity=said["quantity"], first=_day(first), last=_day(last))


def _day(said: object) -> date | None:
    return None if said is None else date.fromisoformat(str(said))


def _text(said: object) -> str | None:
    return None if said is None else str(said)


def _list(said: object) -> list[object]:
    if not isinstance(said, list):
        raise InvalidValueError(f"{said!r} has to be a list")
    return said
