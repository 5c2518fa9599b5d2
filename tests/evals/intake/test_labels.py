"""The labels of the order texts are true to the master data of the demo company."""

import json
from collections import Counter
from pathlib import Path

import pytest

from core.demo.company import AS_OF, demo_company
from core.demo.sizes import Size
from core.domain.company import Company
from core.domain.errors import InvalidValueError
from evals.intake.labels import TEXTS, Label, Outcome, read_labels

_OF_BEFORE = {Outcome.CHANGE, Outcome.CANCELLATION}


@pytest.fixture(scope="module")
def company() -> Company:
    return demo_company(size=Size.FULL)


@pytest.fixture(scope="module")
def labels() -> tuple[Label, ...]:
    return read_labels().texts


def test_every_text_has_one_label(labels: tuple[Label, ...]) -> None:
    assert [one.file for one in labels] == sorted(file.name for file in TEXTS.iterdir())
    assert len(labels) == 100
    assert read_labels().as_of == AS_OF


def test_languages_and_outcomes_are_mixed(labels: tuple[Label, ...]) -> None:
    assert Counter(one.language for one in labels) == {"en": 55, "de": 12, "es": 11, "fr": 11, "nl": 11}
    assert Counter(one.outcome for one in labels) == {
        Outcome.ORDER: 70,
        Outcome.QUESTION: 19,
        Outcome.CHANGE: 3,
        Outcome.CANCELLATION: 2,
        Outcome.DUPLICATE: 2,
        Outcome.NO_ORDER: 4,
    }


def test_customers_items_and_addresses_exist(labels: tuple[Label, ...], company: Company) -> None:
    customers = {one.code for one in company.customers} | {None}
    items = {one.code for one in company.items}
    addresses = {(one.customer, one.code) for one in company.addresses}
    assert {one.customer for one in labels} <= customers
    assert {line.item for one in labels for line in one.lines} <= items
    assert {(one.customer, one.ship_to) for one in labels if one.ship_to} <= addresses


def test_orders_are_whole_and_of_the_time_to_come(labels: tuple[Label, ...]) -> None:
    for one in labels:
        assert bool(one.lines) == (one.outcome is Outcome.ORDER), one.file
        assert bool(one.asks) == (one.outcome is Outcome.QUESTION), one.file
        for line in one.lines:
            assert line.quantity > 0, one.file
            assert line.first is None or AS_OF < line.first <= (line.last or line.first), one.file
            assert (line.first is None) == (line.last is None), one.file


def test_purchase_orders_are_new_or_in_the_books_as_the_outcome_says(
    labels: tuple[Label, ...], company: Company
) -> None:
    known = {(order.customer, order.customer_po) for order in company.sales_orders}
    new = {(one.customer, one.customer_po) for one in labels if one.outcome is Outcome.ORDER}
    assert len(new) == 70
    assert not new & known
    assert {(one.customer, one.customer_po) for one in labels if one.outcome in _OF_BEFORE} <= known
    assert {(one.customer, one.customer_po) for one in labels if one.outcome is Outcome.DUPLICATE} <= known | new


@pytest.mark.parametrize(
    "change",
    [
        {"language": "it"},
        {"outcome": "order"},
        {"more": 1},
        {"asks": "customer"},
    ],
)
def test_a_label_of_another_shape_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    file, good = tmp_path / "labels.json", _question()
    file.write_text(json.dumps({"as_of": "2026-11-02", "texts": [good | change]}))
    with pytest.raises(InvalidValueError):
        read_labels(file)
    file.write_text(json.dumps({"as_of": "2026-11-02", "texts": [good]}))
    assert read_labels(file).texts[0].asks == (frozenset({"customer"}),)


def _question() -> dict[str, object]:
    return {
        "file": "a.txt",
        "language": "en",
        "layout": "prose",
        "traits": [],
        "outcome": "question",
        "customer": None,
        "customer_po": None,
        "asks": [["customer"]],
    }
