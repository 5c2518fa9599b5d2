"""Quantities, prices and units as people write them."""

from decimal import Decimal

import pytest

from agents.order_intake.values.languages import likely_languages
from agents.order_intake.values.numbers import Habits, habits_of
from agents.order_intake.values.prices import read_price
from agents.order_intake.values.quantities import read_quantity
from core.domain.intake.readings import Ambiguous, Amount, Price, Unreadable
from core.domain.intake.transcripts import Said


def _said(text: str) -> Said:
    return Said(text=text, quote=text, source="body", start=0, end=len(text))


@pytest.mark.parametrize(
    ("language", "written", "value", "unit"),
    [
        ("en", "40", "40", None),
        ("en", "x 40", "40", None),
        ("en", "40 pcs", "40", "pcs"),
        ("en", "1 500", "1500", None),
        ("en", "1,234.5", "1234.5", None),
        ("de", "1.500,00", "1500", None),
        ("en", "two dozen", "24", None),
        ("en", "2 dozen boxes", "24", "boxes"),
        ("nl", "2 dozen", "2", "dozen"),
        ("en", "half a dozen", "6", None),
        ("de", "zwei Dutzend", "24", None),
        ("fr", "une douzaine", "12", None),
        ("es", "veinticinco", "25", None),
        ("de", "fünfundzwanzig", "25", None),
        ("nl", "vijfentwintig", "25", None),
        ("fr", "quatre-vingts", "80", None),
        ("en", "one hundred and twenty", "120", None),
        ("en", "3 gross", "432", None),
        ("en", "six", "6", None),
        ("fr", "dix", "10", None),
        ("en", "40 x", "40", None),
        ("en", "40x", "40", None),
    ],
)
def test_quantity_with_one_reading(language: str, written: str, value: str, unit: str | None) -> None:
    assert read_quantity(_said(written), language) == Amount(value=Decimal(value), unit=unit)


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("1.500", ("1.5", "1500")),
        ("1,500", ("1.5", "1500")),
        ("40-50", ("40", "50")),
        ("40 or 50", ("40", "50")),
        ("about 40", ()),
        ("up to 40", ()),
        ("ca. 40", ()),
    ],
)
def test_quantity_with_more_readings_is_a_question(written: str, readings: tuple[str, ...]) -> None:
    read = read_quantity(_said(written), "en")

    assert isinstance(read, Ambiguous)
    assert read.readings == readings


@pytest.mark.parametrize("written", ["-5", "1e3", "2 x 20", "some", "9" * 30, "\uff11\uff12", "1.2.3", ""])
def test_what_is_no_quantity_is_unreadable(written: str) -> None:
    assert isinstance(read_quantity(_said(written), "en"), Ambiguous | Unreadable)


def test_other_numbers_of_a_letter_decide_what_a_point_is() -> None:
    habits = habits_of(["Stückpreis 312,00 EUR, 1.200,50 EUR gesamt"])

    assert habits == Habits(mark=",")
    assert read_quantity(_said("1.500"), "de", habits) == Amount(value=Decimal(1500))


def test_numbers_that_contradict_each_other_decide_nothing() -> None:
    assert habits_of(["312,00 EUR and 437.00 EUR on 25/12/2026 and 12/25/2026"]) == Habits()


@pytest.mark.parametrize(
    ("written", "price"),
    [
        ("$312.00", Price(value=Decimal("312.00"), currency="USD")),
        ("312,00 €", Price(value=Decimal("312.00"), currency="EUR")),
        ("USD 312.50/ea", Price(value=Decimal("312.50"), currency="USD")),
        ("€ 4,50 je 100 Stück", Price(value=Decimal("4.50"), currency="EUR", per=100)),
        ("4.50 per 100", Price(value=Decimal("4.50"), per=100)),
    ],
)
def test_price_is_read_with_its_currency_and_basis(written: str, price: Price) -> None:
    assert read_price(_said(written), "en") == price


def test_price_with_an_open_mark_is_a_question() -> None:
    assert isinstance(read_price(_said("1.250 €"), "en"), Ambiguous)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please send us the following", "en"),
        ("Bitte liefern Sie uns die Ware", "de"),
        ("Veuillez nous livrer les pièces", "fr"),
        ("Necesitamos las piezas para el viernes", "es"),
        ("Graag ontvangen wij de stuks", "nl"),
    ],
)
def test_language_is_told_by_small_words(text: str, language: str) -> None:
    assert likely_languages(text)[0] == language
