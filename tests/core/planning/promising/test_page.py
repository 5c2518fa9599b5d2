"""The worked example of docs/promising.md is worked out here from the page's own tables."""

import re
from datetime import date
from pathlib import Path

from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import Ask, ConstraintCode, Promise
from core.planning.composing import PlainClaim, PlainItem, PlainPart, PlainSource, PlainStock, PlainSupply, compose
from core.planning.promising import open_book, promise
from core.planning.snapshot import PER_PARENT_SCALE, PURCHASE_ORDER

PAGE = Path(__file__).parents[4] / "docs" / "promising.md"
PLACE = "HOUSTON"


def table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading of the page."""
    part = PAGE.read_text(encoding="utf-8").split(f"### {heading}\n")[1].split("\n#")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("|")]
    return rows[2:]


def answer() -> Promise:
    """What is promised on the books of the page's tables."""
    items = [PlainItem(name, days != "bought", 0 if days == "bought" else int(days)) for name, days in table("Items")]
    books = compose(
        as_of=date.fromisoformat(found(r"business date is (\S+)\.")),
        items=items,
        locations=[PLACE],
        parts=[PlainPart(parent, part, int(units) * PER_PARENT_SCALE) for parent, part, units in table("Parts")],
        stock=[PlainStock(item, PLACE, int(units)) for item, units in table("On hand")],
        supply=[
            PlainSupply(PURCHASE_ORDER, number, item, PLACE, int(units), date.fromisoformat(day))
            for number, item, units, day in table("On order")
        ],
        claims=[
            PlainClaim(item, PLACE, int(units), date.fromisoformat(day))
            for item, units, day in table("Promised already")
        ],
        sources=[
            PlainSource(item, supplier, int(days), minimum=int(least))
            for item, supplier, days, least in table("Suppliers")
        ],
    )
    units, item, day = re.search(r"asks for (\d+) (\w+) by (\S+?)[.,]", PAGE.read_text(encoding="utf-8")).groups()  # type: ignore[union-attr]
    wanted = Ask(
        item=ItemCode(item), location=LocationCode(PLACE), quantity=int(units), requested=date.fromisoformat(day)
    )
    return promise(open_book(books), wanted)


def found(pattern: str) -> str:
    match = re.search(pattern, PAGE.read_text(encoding="utf-8"))
    assert match is not None, pattern
    return match[1]


def test_the_page_s_dates_are_what_is_promised() -> None:
    assert table("What is promised") == [[str(part.on), str(part.quantity)] for part in answer().dates]
    assert answer().unplannable == 0


def test_the_page_names_what_the_promise_rests_on() -> None:
    rests = [
        [
            str(peg.level),
            peg.item,
            str(peg.quantity),
            " ".join(filter(None, (peg.kind.value, peg.reference))),
            str(peg.on),
        ]
        for peg in answer().pegs
    ]

    assert table("What it rests on") == rests


def test_the_page_names_what_has_to_be_ordered() -> None:
    orders = [
        [order.kind.value, order.item, str(order.quantity), order.supplier or "", str(order.begin), str(order.due)]
        for order in answer().commands
    ]

    assert table("What has to be ordered") == orders


def test_the_page_says_why_not_sooner() -> None:
    assert table("Why not sooner") == [[reason.code.value, reason.text] for reason in answer().reasons]


def test_the_page_explains_every_code() -> None:
    explained = re.findall(r"^\| `(\w+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(explained) == sorted(code.value for code in ConstraintCode)
