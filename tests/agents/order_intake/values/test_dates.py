"""Days as people write them, seen from Monday 23 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.order_intake.values.dates import day_meant, find_days
from agents.order_intake.values.numbers import Habits
from core.domain.intake.readings import Ambiguous, Day, Unreadable

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "written", "meant"),
    [
        ("en", "2026-12-04", "2026-12-04"),
        ("en", "December 4, 2026", "2026-12-04"),
        ("en", "4th of December", "2026-12-04"),
        ("en", "Fri 4 Dec", "2026-12-04"),
        ("en", "04-Dec-26", "2026-12-04"),
        ("en", "12/25/2026", "2026-12-25"),
        ("en", "12/12/2026", "2026-12-12"),
        ("en", "by the 14th", "2026-12-14"),
        ("en", "by Friday", "2026-11-27"),
        ("en", "Friday next week", "2026-12-04"),
        ("en", "end of next week", "2026-12-04"),
        ("en", "end of the month", "2026-11-30"),
        ("en", "tomorrow", "2026-11-24"),
        ("en", "in two weeks", "2026-12-07"),
        ("en", "within 10 days", "2026-12-03"),
        ("en", "5 March", "2027-03-05"),
        ("de", "03/04/2027", "2027-04-03"),
        ("de", "bis zum 14.", "2026-12-14"),
        ("de", "04.12.", "2026-12-04"),
        ("de", "spätestens am 4. Dezember", "2026-12-04"),
        ("de", "bis Freitag, den 4. Dezember", "2026-12-04"),
        ("de", "bis Ende nächster Woche", "2026-12-04"),
        ("fr", "avant le 10 décembre", "2026-12-10"),
        ("fr", "le 1er décembre 2026", "2026-12-01"),
        ("fr", "fin décembre", "2026-12-31"),
        ("es", "para el 4 de diciembre de 2026", "2026-12-04"),
        ("es", "antes del viernes", "2026-11-27"),
        ("nl", "uiterlijk 11 december", "2026-12-11"),
        ("nl", "vrijdag 11 december 2026", "2026-12-11"),
        ("de", "KW 49", "2026-12-04"),
        ("de", "in der 50. Kalenderwoche", "2026-12-11"),
        ("de", "Ende KW 49", "2026-12-04"),
        ("nl", "week 50/2026", "2026-12-11"),
        ("fr", "sem. 50", "2026-12-11"),
        ("es", "semana 50", "2026-12-11"),
        ("en", "week 2", "2027-01-15"),
        ("en", "the week of 7 December", "2026-12-11"),
        ("en", "w/c 7 Dec", "2026-12-11"),
        ("de", "in der Woche vom 7. Dezember", "2026-12-11"),
        ("fr", "semaine du 7 décembre", "2026-12-11"),
        ("nl", "week van 7 december", "2026-12-11"),
        ("fr", "la semaine prochaine", "2026-12-04"),
        ("es", "la semana que viene", "2026-12-04"),
        ("en", "end of January 2027", "2027-01-31"),
        ("nl", "eind november", "2026-11-30"),
        ("en", "7-11 December", "2026-12-11"),
        ("de", "7.-11.12.", "2026-12-11"),
        ("es", "entre el 7 y el 11 de diciembre", "2026-12-11"),
        ("en", "the first of December 2026", "2026-12-01"),
        ("es", "el dos de diciembre", "2026-12-02"),
        ("de", "am ersten Dezember", "2026-12-01"),
        ("en", "tomorrow week", "2026-12-01"),
        ("en", "a week from Friday", "2026-12-04"),
        ("fr", "lundi en huit", "2026-12-07"),
        ("de", "Mittwoch nächster Woche", "2026-12-02"),
        ("es", "el miércoles de la próxima semana", "2026-12-02"),
        ("nl", "donderdag volgende week (3 december)", "2026-12-03"),
        ("en", "next Friday (4 December)", "2026-12-04"),
        ("en", "tomorrow week, that is Tuesday 1 December", "2026-12-01"),
        ("de", "Freitag, d.h. 27. November", "2026-11-27"),
        ("en", "December 11, 2026 (Friday)", "2026-12-11"),
        ("fr", "vendredi 4", "2026-12-04"),
        ("de", "Freitag, den 4.", "2026-12-04"),
        ("en", "3 weeks from today", "2026-12-14"),
    ],
)
def test_day_with_one_reading_is_that_day(language: str, written: str, meant: str) -> None:
    read = day_meant(written, language, MONDAY)

    assert isinstance(read, Day)
    assert read.day.isoformat() == meant


@pytest.mark.parametrize(
    ("language", "written", "readings"),
    [
        ("en", "03/04/2027", ("2027-03-04", "2027-04-03")),
        ("en", "next Friday", ("2026-11-27", "2026-12-04")),
        ("en", "Monday", ("2026-11-23", "2026-11-30")),
        ("en", "Friday, 3 December 2026", ("2026-12-03",)),
        ("en", "5 November", ("2026-11-05", "2027-11-05")),
        ("en", "not before 4 December", ("2026-12-04",)),
        ("en", "within 10 working days", ()),
        ("de", "vor KW 50", ()),
        ("nl", "vóór week 50", ()),
        ("en", "Friday (4 December)", ("2026-11-27", "2026-12-04")),
        ("en", "December 11, 2026 (Thursday)", ("2026-12-11",)),
    ],
)
def test_day_with_more_readings_is_a_question(language: str, written: str, readings: tuple[str, ...]) -> None:
    read = day_meant(written, language, MONDAY)

    assert isinstance(read, Ambiguous)
    assert read.readings == readings


@pytest.mark.parametrize("written", ["mid December", "31 February 2027", "soon", "December", "40", "Q1 2027", ""])
def test_words_that_name_no_day_are_unreadable(written: str) -> None:
    assert isinstance(day_meant(written, "en", MONDAY), Unreadable)


def test_day_first_is_believed_where_the_letter_proves_it() -> None:
    read = day_meant("03/04/2027", "en", MONDAY, Habits(day_first=False))

    assert read == Day(day=date(2027, 3, 4))


def test_as_soon_as_possible_is_marked_as_such() -> None:
    assert day_meant("so schnell wie möglich", "de", MONDAY) == Day(day=MONDAY, soonest=True)


def test_days_are_found_with_the_words_that_govern_them() -> None:
    text = "Bitte 40 Stück bis zum 14.12. und 20 am 18. Dezember; Guten Morgen, 12 pcs for 12 weeks"

    assert [text[one.start : one.end] for one in find_days(text)] == ["bis zum 14.12.", "am 18. Dezember"]


_FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d %B", "by %d %b")


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 250), st.sampled_from(_FORMS), st.sampled_from(["en", "de", "fr", "es", "nl"]))
def test_day_written_in_any_form_is_read_back(days: int, form: str, language: str) -> None:
    wanted = MONDAY + timedelta(days=days)

    read = day_meant(wanted.strftime(form), language, MONDAY)

    assert isinstance(read, Day)
    assert read.day == wanted


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_words_are_read_without_an_error(text: str) -> None:
    assert day_meant(text, "en", MONDAY) == day_meant(text, "en", MONDAY)
