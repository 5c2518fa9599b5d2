"""Takes the labelled texts in, one after another in the order of their names, and grades what became of each."""

from collections.abc import Callable, Iterator
from pathlib import Path

from agents.order_intake.letters import read_letter
from core.domain.intake.drafts import DraftOrder
from core.domain.intake.letters import Letter
from evals.intake.drafts import found_of
from evals.intake.grading import Grade, graded
from evals.intake.labels import TEXTS, Labels

TakeIn = Callable[[Letter], DraftOrder]


def grades(labels: Labels, take_in: TakeIn, *, folder: Path = TEXTS) -> Iterator[Grade]:
    """A verdict a text. A text that repeats an earlier one is taken in after it."""
    for label in labels.texts:
        draft = take_in(read_letter((folder / label.file).read_bytes(), label.file))
        yield graded(label, found_of(draft), as_of=labels.as_of)
