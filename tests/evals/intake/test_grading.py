"""The grader of order texts passes what is right and fails every seeded error."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from evals.intake.grading import Found, FoundLine, Grade, graded
from evals.intake.labels import Label, LabelledLine, Outcome, read_labels
from evals.intake.measuring import failures, intake_figures

AS_OF = date(2026, 11, 2)
LABELS = read_labels().texts
ORDERS = [one for one in LABELS if one.outcome is Outcome.ORDER]


def _perfect(label: Label) -> Found:
    """What a reader that makes no mistake would end with."""
    return Found(
        outcome=label.outcome,
        customer=label.customer,
        customer_po=label.customer_po,
        ship_to=label.ship_to,
        lines=tuple(_line(line) for line in label.lines),
        asked=frozenset(min(asks) for asks in label.asks),
        accepted=label.outcome is Outcome.ORDER and not label.review,
    )


def _line(line: LabelledLine) -> FoundLine:
    return FoundLine(item=line.item, quantity=line.quantity, requested=line.last)


def _grade(label: Label, found: Found) -> Grade:
    return graded(label, found, as_of=AS_OF)


def _figures(grades: list[Grade]) -> dict[str, float]:
    return {one.name: float(one.value) for one in intake_figures(grades)}


def test_a_reader_without_a_mistake_reaches_every_goal() -> None:
    grades = [_grade(label, _perfect(label)) for label in LABELS]
    figures = _figures(grades)

    assert figures["whole_orders"] == figures["orders_labelled"] == 70
    assert (figures["accepted_share"], figures["line_precision_accepted"]) == (0.69, 1)
    assert (figures["silently_wrong"], figures["unfinished"], figures["texts"]) == (0, 0, 100)
    assert figures["questions_right_share"] == figures["other_ends_right_share"] == 1
    assert failures(grades) == []


def _other_line(found: Found, **change: object) -> Found:
    return replace(found, lines=(replace(found.lines[0], **change), *found.lines[1:]))


SEEDED: dict[str, Callable[[Found], Found]] = {
    "customer": lambda found: replace(found, customer="NOBODY"),
    "number": lambda found: replace(found, customer_po="1"),
    "address": lambda found: replace(found, ship_to="DOCK"),
    "item": lambda found: _other_line(found, item="CR-S"),
    "quantity": lambda found: _other_line(found, quantity=9_999),
    "day": lambda found: _other_line(found, requested=date(2027, 5, 5)),
    "line left out": lambda found: replace(found, lines=found.lines[1:]),
    "line too many": lambda found: replace(found, lines=(*found.lines, found.lines[0])),
}


@pytest.mark.parametrize("error", SEEDED)
def test_every_seeded_error_of_an_accepted_draft_is_silently_wrong(error: str) -> None:
    for label in ORDERS:
        grade = _grade(label, SEEDED[error](replace(_perfect(label), accepted=True)))

        assert grade.wrong, label.file
        assert grade.silently_wrong, label.file
        assert not grade.whole, label.file
        assert failures([grade]), label.file


def test_a_wrong_draft_that_somebody_has_to_look_at_is_not_silent() -> None:
    label = ORDERS[0]
    grade = _grade(label, replace(_perfect(label), customer="NOBODY", accepted=False))

    assert (grade.whole, grade.silently_wrong) == (False, False)


def test_what_should_not_be_an_order_may_not_be_accepted() -> None:
    for label in LABELS:
        if label.outcome is Outcome.ORDER:
            continue
        line = FoundLine(item="GV-02", quantity=1, requested=date(2026, 12, 1))
        grade = _grade(label, replace(_perfect(label), outcome=Outcome.ORDER, lines=(line,), accepted=True))

        assert grade.silently_wrong, label.file
        assert _figures([grade])["line_precision_accepted"] == 0


def test_a_field_that_has_to_be_looked_at_may_not_be_accepted() -> None:
    label = next(one for one in ORDERS if one.review)

    assert _grade(label, replace(_perfect(label), accepted=True)).silently_wrong
    assert _grade(label, _perfect(label)).whole


def test_a_question_has_to_ask_for_what_is_missing() -> None:
    label = next(one for one in LABELS if one.outcome is Outcome.QUESTION)

    assert not _grade(label, replace(_perfect(label), asked=frozenset({"payment_terms"}))).ended_right
    assert not _grade(ORDERS[0], Found(outcome=Outcome.QUESTION, asked=frozenset({"item"}))).whole


def test_a_text_that_came_to_no_end_is_unfinished() -> None:
    grade = _grade(ORDERS[0], Found(outcome=None))

    assert _figures([grade])["unfinished"] == 1
    assert failures([grade])[0].startswith(f"{ORDERS[0].file}: order labelled, ended as unfinished")


def test_numbers_are_the_same_whatever_their_spaces_and_capitals() -> None:
    label = next(one for one in ORDERS if one.customer_po == "BBW 2290")

    assert _grade(label, replace(_perfect(label), customer_po="bbw2290")).whole


def test_any_day_of_a_week_that_was_named_is_right() -> None:
    label = next(one for one in ORDERS if any(line.first != line.last for line in one.lines))
    first, last = label.lines[0].first, label.lines[0].last
    assert first is not None
    assert last is not None

    for day, whole in ((first, True), (last, True), (date(2026, 12, 24), False), (None, False)):
        lines = tuple(replace(_line(line), requested=day) for line in label.lines)
        assert _grade(label, replace(_perfect(label), lines=lines)).whole is whole
