"""The order texts to practise on are labelled by the rules of the held-out ones, and graded by the same grader."""

import pytest

from core.demo.company import AS_OF, demo_company
from core.demo.sizes import Size
from core.domain.company import Company
from evals.intake.grading import Found, FoundLine, graded
from evals.intake.labels import PRACTICE, Label, Outcome, read_labels
from evals.intake.measuring import failures, intake_figures

LABELS = read_labels(PRACTICE / "labels.json").texts
_OF_BEFORE = {Outcome.CHANGE, Outcome.CANCELLATION}


@pytest.fixture(scope="module")
def company() -> Company:
    return demo_company(size=Size.FULL)


def _perfect(label: Label) -> Found:
    """What a reader that makes no mistake would end with."""
    lines = (FoundLine(item=one.item, quantity=one.quantity, requested=one.last) for one in label.lines)
    return Found(
        outcome=label.outcome,
        customer=label.customer,
        customer_po=label.customer_po,
        ship_to=label.ship_to,
        lines=tuple(lines),
        asked=frozenset(min(asks) for asks in label.asks),
        accepted=label.outcome is Outcome.ORDER and not label.review,
    )


def test_every_text_has_one_label() -> None:
    assert [one.file for one in LABELS] == sorted(file.name for file in (PRACTICE / "texts").iterdir())
    assert read_labels(PRACTICE / "labels.json").as_of == AS_OF


def test_customers_items_and_addresses_exist(company: Company) -> None:
    customers = {one.code for one in company.customers} | {None}
    items = {one.code for one in company.items}
    addresses = {(one.customer, one.code) for one in company.addresses}
    assert {one.customer for one in LABELS} <= customers
    assert {line.item for one in LABELS for line in one.lines} <= items
    assert {(one.customer, one.ship_to) for one in LABELS if one.ship_to} <= addresses


def test_orders_are_whole_and_of_the_time_to_come() -> None:
    for one in LABELS:
        assert bool(one.lines) == (one.outcome is Outcome.ORDER), one.file
        assert bool(one.asks) == (one.outcome is Outcome.QUESTION), one.file
        for line in one.lines:
            assert line.quantity > 0, one.file
            assert line.first is None or AS_OF < line.first <= (line.last or line.first), one.file
            assert (line.first is None) == (line.last is None), one.file


def test_purchase_orders_are_new_or_in_the_books_as_the_outcome_says(company: Company) -> None:
    known = {(order.customer, order.customer_po) for order in company.sales_orders}
    orders = [(one.customer, one.customer_po) for one in LABELS if one.outcome is Outcome.ORDER and one.customer_po]
    assert len(set(orders)) == len(orders)
    assert not set(orders) & known
    assert {(one.customer, one.customer_po) for one in LABELS if one.outcome in _OF_BEFORE} <= known
    duplicates = {(one.customer, one.customer_po) for one in LABELS if one.outcome is Outcome.DUPLICATE}
    assert duplicates <= known | set(orders)


def test_a_reader_without_a_mistake_reaches_every_goal() -> None:
    grades = [graded(one, _perfect(one), as_of=AS_OF) for one in LABELS]
    figures = {one.name: one for one in intake_figures(grades, texts=len(LABELS))}

    assert failures(grades) == []
    assert figures["whole_orders"].value == figures["orders_labelled"].value
    assert figures["whole_orders"].goal == f">= {len(LABELS) * 6 // 10}"
    assert figures["line_precision_accepted"].value == 1
