"""Text and tables that fit a terminal of eighty columns."""

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from decimal import Decimal

import pytest

from ui.cli.printing import console, count, day, money, print_json, quiet, say, table

LONG = "a promise with less than two days to spare is at risk, says the pack that this company was read from"


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "width", 80)


def shown(act: Callable[[], None]) -> str:
    with redirect_stdout(io.StringIO()) as out:
        act()
    return out.getvalue()


def test_what_does_not_fit_hangs_below_its_beginning() -> None:
    assert shown(lambda: say(f"  assumed: {LONG}")) == (
        "  assumed: a promise with less than two days to spare is at risk, says the pack\n"
        "    that this company was read from\n"
    )
    assert shown(lambda: say(LONG)) == (
        "a promise with less than two days to spare is at risk, says the pack that this\ncompany was read from\n"
    )


def test_markup_is_text_and_an_empty_line_is_a_line() -> None:
    assert shown(lambda: say("[bold]3[/bold] of [red]")) == "[bold]3[/bold] of [red]\n"
    assert shown(say) == "\n"


def test_a_path_is_never_broken() -> None:
    path = "/a/very/long/folder/name" * 5

    assert path in shown(lambda: say(f"  the list is in {path} now"))


def test_a_table_keeps_codes_and_numbers_on_one_line() -> None:
    made = table("Two", (("code", "code"), ("what", "left"), ("sum", "right")), [("CASE-1", LONG, "1,234.50")])

    lines = [line.rstrip() for line in shown(lambda: console.print(made)).splitlines()]

    assert max(map(len, lines)) <= 80
    assert any(line.startswith(" CASE-1") and line.endswith("1,234.50") for line in lines)


def test_nothing_but_json_is_printed_when_so_wanted() -> None:
    def act() -> None:
        with quiet(True):
            say("hidden")
            print_json({"date": date(2026, 1, 2), "whole": Decimal("2.00"), "part": Decimal("0.50"), "é": None})
        say("shown")

    assert shown(act) == '{\n "date": "2026-01-02",\n "whole": 2,\n "part": 0.5,\n "é": null\n}\nshown\n'


def test_numbers_and_dates_as_people_write_them() -> None:
    assert [count(1, "line"), count(2, "line"), count(1200, "way")] == ["1 line", "2 lines", "1,200 ways"]
    assert [money(Decimal("1234.5")), money(Decimal(-3), "USD")] == ["1,234.50", "-3.00 USD"]
    assert [day(None), day(date(2026, 1, 2))] == ["-", "2026-01-02"]
