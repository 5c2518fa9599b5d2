"""Texts are taken in one after another, as letters, in the order of their labels."""

from datetime import date
from pathlib import Path

from core.domain.intake.drafts import DraftId, DraftOrder, DraftState
from core.domain.intake.letters import Letter
from core.domain.intake.transcripts import TranscriptKind
from evals.intake.labels import Label, Labels, Outcome
from evals.intake.running import grades


def _label(file: str) -> Label:
    return Label(
        file=file,
        language="en",
        layout="prose",
        traits=(),
        outcome=Outcome.NO_ORDER,
        customer=None,
        customer_po=None,
    )


def test_every_text_is_read_as_a_letter_and_graded_in_order(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("Nothing to order.")
    (tmp_path / "2.eml").write_text("From: a@b.example\nSubject: hello\n\nNothing to order either.\n")
    taken: list[Letter] = []

    def take_in(letter: Letter) -> DraftOrder:
        taken.append(letter)
        return DraftOrder(id=DraftId("DRAFT-1"), state=DraftState.DRAFT, kind=TranscriptKind.OTHER, language="en")

    labels = Labels(as_of=date(2026, 11, 2), texts=(_label("1.txt"), _label("2.eml")))
    found = list(grades(labels, take_in, folder=tmp_path))

    assert [letter.subject for letter in taken] == ["", "hello"]
    assert [one.ended_right for one in found] == [True, True]
