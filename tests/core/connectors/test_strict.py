"""Partners' JSON is read strictly: what could be taken two ways is refused, with its field."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from core.connectors.strict import (
    Amount,
    Code,
    Day,
    Inbound,
    Price,
    Reference,
    SomeUnits,
    Text,
    Units,
    UnreadableError,
    fault_of,
    parse_json,
    shown,
)

NOT_AMOUNTS: list[object] = [12.5, 12, True, None, "", "1e3", "1E+1000000", "NaN", "Infinity", "-1", "-0", "+1"]
NOT_AMOUNTS += [" 1", "1 ", "1_000", "1,000", ".5", "5.", "01", "1.23456", "1234567890123", "\u0661", "1\n", "0x10"]
NOT_AMOUNTS += ["9" * 5000]
NOT_DAYS: list[object] = ["2026-02-30", "2026-3-2", "2026-W10-1", "20260302", "2026-03-02T00:00", "0001-01-01"]
NOT_DAYS += ["9999-12-31", 20260302, None, "\u0662026-03-02"]


class Everything(Inbound):
    """One field of each kind."""

    amount: Amount = Decimal(0)
    price: Price = Decimal(1)
    day: Day = date(2026, 3, 2)
    units: Units = 0
    some: SomeUnits = 1
    code: Code = "A"
    reference: Reference = "A"
    text: Text = ""


def refused(field: str, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        Everything.model_validate({field: value})
    fault = fault_of(caught.value)
    assert fault.field == field
    return fault.value


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"<html></html>",
        b'{"a": 1} trailing',
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1, "a": 2}',
        b'{"b": {"a": 1, "a": 1}}',
        b'{"a": "\xff"}',
        b"[" * 100_000,
        b"1" * 5_000,
    ],
    ids=range(12),
)
def test_json_with_a_surprise_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_json(content)

    assert len(str(caught.value)) < 400


def test_a_key_given_twice_is_named() -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_json(b'{"unit_price": "1", "unit_price": "9"}')

    assert str(caught.value) == "'unit_price' = given twice; accepted is: every key once"


@pytest.mark.parametrize("field", ["amount", "price"])
@pytest.mark.parametrize(
    "value",
    NOT_AMOUNTS,
)
def test_an_amount_is_a_plain_decimal_in_quotes(field: str, value: object) -> None:
    assert refused(field, value) == shown(value)


def test_a_price_is_more_than_nothing() -> None:
    assert refused("price", "0.0000") == "'0.0000'"


@pytest.mark.parametrize("text", ["0", "0.01", "12.50", "999999999999.9999", "12.500000"])
def test_an_amount_keeps_its_value(text: str) -> None:
    assert Everything.model_validate({"amount": text}).amount == Decimal(text)


@given(st.decimals(min_value=0, max_value=10**12 - 1, places=4))
def test_an_amount_survives_the_way_out_and_in(amount: Decimal) -> None:
    sent = Everything(amount=amount).model_dump_json().encode()

    assert Everything.model_validate(parse_json(sent)).amount == amount


@pytest.mark.parametrize("field", ["units", "some"])
@pytest.mark.parametrize("value", [True, 1.0, "1", None, -1, 10**12 + 1, [1]])
def test_units_are_whole_numbers(field: str, value: object) -> None:
    assert refused(field, value) == shown(value)


def test_no_units_are_not_some_units() -> None:
    assert refused("some", 0) == "0"


@pytest.mark.parametrize(
    "value",
    NOT_DAYS,
)
def test_a_day_is_written_out(value: object) -> None:
    assert refused("day", value) == shown(value)


@pytest.mark.parametrize("value", ["", " A", "A ", "A\nB", "A\x00", "A\u202eB", "A\u200b", "\ud800", "x" * 101, 7])
def test_a_code_is_one_visible_line(value: object) -> None:
    assert refused("code", value) == shown(value)


@pytest.mark.parametrize("value", ["", "-1", "a b", "a\n", "\u0410", "x" * 101, "a\x00", "<b>"])
def test_a_partners_reference_is_plain(value: str) -> None:
    assert refused("reference", value) == shown(value)


@pytest.mark.parametrize("value", ["\x1b[31m", "a\x00b", "\u202e", "\U000e0041", "\ud800", "x" * 501])
def test_a_note_holds_nothing_that_cannot_be_seen(value: str) -> None:
    assert refused("text", value) == shown(value)


def test_a_note_may_have_lines_and_any_script() -> None:
    note = "Nur noch 40 Stück.\n\t\u0416\u0449 売り切れ"

    assert Everything.model_validate({"text": note}).text == note


def test_unknown_fields_are_passed_over() -> None:
    assert Everything.model_validate({"approve": True, "units": 3}).units == 3
