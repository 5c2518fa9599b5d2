"""Products made as each order says, told in plain words: what options make, or what must be said first."""

from datetime import date
from decimal import Decimal

from agents.ops_chat.telling import tell
from tools.configuring import ItemConfigured, OpenRow, OptionRow, PartRow

MADE = ItemConfigured(
    product="XP-1",
    item="XP-1-0123456789AB",
    exists=False,
    options=(OptionRow(feature="power", name="Power", value="15", said="15 kW"),),
    open=(),
    parts=(PartRow(item="MO-20", quantity=Decimal(1)),),
    parts_left_out=0,
    list_price=Decimal(5820),
    price=None,
    complete=date(2026, 12, 4),
)


def test_what_options_make_is_told_with_price_and_day() -> None:
    answer = tell(MADE, {})

    assert answer.text == (
        "XP-1 can be made so: it becomes an item with its first order, XP-1-0123456789AB. One is 5,820.00 by the list."
        " It could be there on 2026-12-04; nothing is held."
    )
    assert [one.title for one in answer.tables] == ["Chosen", "Made of"]


def test_what_is_open_is_told_with_what_is_accepted() -> None:
    open_row = OpenRow(feature="power", name="Power", value="30", why="rule P1: up to 15 kW", accepted=("7.5", "15"))
    answer = tell(MADE.model_copy(update={"item": None, "open": (open_row,), "parts": ()}), {})

    assert answer.text == (
        "XP-1 cannot be made so yet: 1 option must be said otherwise or first. power 30: rule P1: up to 15 kW; accepted"
        " is 7.5, 15."
    )
