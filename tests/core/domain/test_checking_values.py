"""Commands hold what their types declare, storable text and numbers within limits, or are refused by field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.checking_values import checked, checked_value
from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode
from core.domain.order_terms import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of what is asked."""

    item: ItemCode
    quantity: int
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another part."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command with a field of every kind."""

    key: str = "k"
    why: str = "because\n\tof this"
    parts: tuple[Part, ...] = (Part(item=ItemCode("VALVE-3"), quantity=1),)
    either: Part | Other | None = None
    pair: tuple[ItemCode, int] | None = None
    found: Mapping[int, int] | None = None
    unit_price: Decimal = Decimal("1.5000")
    percent: Decimal = Decimal("0.000001")
    day: date = date(2024, 10, 4)
    at: datetime = datetime(2024, 10, 4, tzinfo=UTC)
    channel: Channel = Channel.EDI
    kind: Literal["date"] = "date"
    flag: bool = False
    amount: Decimal | int = 1


GOOD = Asked()
PART = GOOD.parts[0]
REFUSED: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "a flag for a number": ({"parts": (replace(PART, quantity=True),)}, r"parts\[0\]\.quantity is True; accepted is a"),
    "too many units": ({"parts": (replace(PART, quantity=10**12 + 1),)}, "of up to 1000000000000"),
    "a line without end": ({"parts": (replace(PART, line=2**31),)}, "of up to 1000000000"),
    "digits by the thousand": ({"parts": (replace(PART, line=10**5000),)}, r"line is a whole number of 16610 bits"),
    "a blank code": ({"parts": (replace(PART, item=ItemCode(" ")),)}, r"parts\[0\]\.item is ' '; accepted is 1 to 200"),
    "a list": ({"parts": [PART]}, "parts is .*; accepted is a tuple"),
    "too many parts": ({"parts": (PART,) * 10_001}, "parts is '10001 of them'; accepted is up to 10000"),
    "no part": ({"parts": (None,)}, r"parts\[0\] is None; accepted is a Part"),
    "inside one of two": ({"either": replace(PART, quantity=1.5)}, r"either\.quantity is 1\.5"),
    "neither of two": ({"either": "x"}, "either is 'x'; accepted is a Part or a Other"),
    "a pair of three": ({"pair": (ItemCode("A"), 1, 2)}, "accepted is a tuple of 2"),
    "inside a pair": ({"pair": (ItemCode("A"), "1")}, r"pair\[1\] is '1'"),
    "a key of a mapping": ({"found": {"1": 1}}, r"found\['1'\] is '1'"),
    "a lone surrogate": ({"key": "\ud800"}, r"key is '\\ud800'; accepted is one line"),
    "a line break in a word": ({"key": "a\nb"}, "accepted is one line"),
    "a NUL in prose": ({"why": "a\0"}, "accepted is text of up to 10000 characters without control characters"),
    "prose without end": ({"why": "x" * 10_000_000}, r"why is 'x{76}\.\.\. \(10000000 characters\)"),
    "a price too fine": ({"unit_price": Decimal("1.00001")}, "with at most 4 decimals"),
    "no number": ({"percent": Decimal("sNaN")}, r"percent is Decimal\('sNaN'\)"),
    "astronomical": ({"percent": Decimal("1E+1000000")}, r"Decimal\('1E\+1000000'\)"),
    "a time for a day": (
        {"day": datetime(2024, 10, 4, tzinfo=UTC)},
        "accepted is a date from 1970-01-01 to 2200-12-31",
    ),
    "a day after all": ({"day": date.max}, "accepted is a date from"),
    "a time without zone": ({"at": datetime(2024, 10, 4)}, "accepted is a time with its zone"),  # noqa: DTZ001  so
    "a word for a choice": ({"channel": "edi"}, "accepted is one of 'portal', 'edi'"),
    "another literal": ({"kind": "item"}, "accepted is 'date'"),
    "a number for a flag": ({"flag": 1}, "flag is 1; accepted is True or False"),
    "nothing": ({"day": None}, "day is None"),
    "a float for an amount": ({"amount": 1.0}, "accepted is a Decimal .* or a whole number"),
}


def test_a_command_of_its_types_passes_as_it_is() -> None:
    full = replace(GOOD, either=Other(name="x"), pair=(ItemCode("A"), 1), found={1: 0}, amount=Decimal("1E+3"))

    assert checked(full) is full


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_not_stand_in_a_field_is_refused_by_its_path(case: str) -> None:
    change, why = REFUSED[case]

    with pytest.raises(InvalidValueError, match=why) as refusal:
        checked(replace(GOOD, **change))

    assert refusal.value.details["field"] == refusal.value.message.split(" is ")[0]
    assert len(refusal.value.message) < 400


def test_an_argument_by_itself_is_checked_like_a_field() -> None:
    checked_value("VALVE-3", ItemCode, name="item")

    with pytest.raises(InvalidValueError, match="item is ''"):
        checked_value("", ItemCode, name="item")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_text_that_passes_can_be_stored(text: str) -> None:
    checked(replace(GOOD, why=text))

    assert "\0" not in text
    text.encode()


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_a_number_passes_or_is_refused_and_never_fails_otherwise(number: Decimal) -> None:
    try:
        checked(replace(GOOD, percent=number))
    except InvalidValueError:
        return

    assert number == number.quantize(Decimal("0.000001"))
