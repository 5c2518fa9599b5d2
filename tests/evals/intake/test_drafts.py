"""A draft order is told in the words of the labels."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.intake.drafts import DraftId, DraftLine, DraftOrder, DraftState, Field, Level, Question
from core.domain.intake.transcripts import TranscriptKind
from evals.intake.drafts import found_of
from evals.intake.grading import FoundLine
from evals.intake.labels import Outcome

READY = DraftOrder(
    id=DraftId("DRAFT-1"),
    state=DraftState.READY,
    kind=TranscriptKind.ORDER,
    language="en",
    customer=Field(value="KATYMECHANICAL"),
    customer_po=Field(value="K-1"),
    ship_to=Field(value="MAIN"),
    lines=(
        DraftLine(
            number=1,
            item=Field(value="BO-S"),
            quantity=Field(value="2"),
            unit=Field(value="BOX"),
            requested=Field(value="2026-12-01"),
            units=100,
        ),
    ),
)
ASKS = (Question(about="item", line=1), Question(about="requested"))


def test_a_ready_draft_is_an_accepted_order_in_base_units() -> None:
    found = found_of(READY)

    assert (found.outcome, found.accepted) == (Outcome.ORDER, True)
    assert (found.customer, found.customer_po, found.ship_to) == ("KATYMECHANICAL", "K-1", "MAIN")
    assert found.lines == (FoundLine(item="BO-S", quantity=100, requested=date(2026, 12, 1)),)


def test_a_field_to_look_at_is_not_accepted() -> None:
    looked = replace(READY, state=DraftState.DRAFT, customer=Field(value="KATYMECHANICAL", level=Level.REVIEW))

    assert (found_of(looked).outcome, found_of(looked).accepted) == (Outcome.ORDER, False)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"state": DraftState.ASKING, "questions": ASKS}, Outcome.QUESTION),
        ({"state": DraftState.DUPLICATE, "repeats": "SO-1"}, Outcome.DUPLICATE),
        ({"state": DraftState.DRAFT, "kind": TranscriptKind.CHANGE}, Outcome.CHANGE),
        ({"state": DraftState.DRAFT, "kind": TranscriptKind.CANCELLATION}, Outcome.CANCELLATION),
        ({"state": DraftState.DRAFT, "kind": TranscriptKind.QUESTION}, Outcome.NO_ORDER),
        ({"state": DraftState.DRAFT, "kind": TranscriptKind.OTHER}, Outcome.NO_ORDER),
        ({"state": DraftState.SUPERSEDED, "kind": TranscriptKind.CHANGE}, Outcome.CHANGE),
        ({"state": DraftState.SUPERSEDED}, None),
    ],
)
def test_other_ends_are_told_apart(change: dict[str, object], outcome: Outcome | None) -> None:
    found = found_of(replace(READY, **change))

    assert (found.outcome, found.accepted) == (outcome, False)


def test_what_is_asked_is_told_by_field() -> None:
    assert found_of(replace(READY, state=DraftState.ASKING, questions=ASKS)).asked == {"item", "requested"}
