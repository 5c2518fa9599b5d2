"""What a draft order says became of its text, in the words of the labels."""

from core.domain.intake.drafts import DraftLine, DraftOrder, DraftState, Level
from core.domain.intake.transcripts import TranscriptKind
from evals.intake.grading import Found, FoundLine
from evals.intake.labels import Outcome

_ENDS = {
    TranscriptKind.CHANGE: Outcome.CHANGE,
    TranscriptKind.CANCELLATION: Outcome.CANCELLATION,
    TranscriptKind.QUESTION: Outcome.NO_ORDER,
    TranscriptKind.OTHER: Outcome.NO_ORDER,
}
_OVER = frozenset({DraftState.REJECTED, DraftState.SUPERSEDED})


def found_of(draft: DraftOrder) -> Found:
    """What became of the text the draft was made of."""
    return Found(
        outcome=_outcome(draft),
        customer=draft.customer.value,
        customer_po=draft.customer_po.value,
        ship_to=draft.ship_to.value,
        lines=tuple(map(_line, draft.lines)),
        asked=frozenset(question.about for question in draft.questions),
        accepted=draft.state in {DraftState.READY, DraftState.CONFIRMED} and draft.level is Level.HIGH,
    )


def _outcome(draft: DraftOrder) -> Outcome | None:
    """A draft of a new order is one when nothing is asked; one that is over is no end. What asks for a change is
    superseded as soon as it was handed on."""
    if draft.state is DraftState.DUPLICATE:
        return Outcome.DUPLICATE
    if draft.kind is not TranscriptKind.ORDER:
        return _ENDS[draft.kind]
    if draft.state in _OVER:
        return None
    return Outcome.QUESTION if draft.questions or draft.state is DraftState.ASKING else Outcome.ORDER


def _line(line: DraftLine) -> FoundLine:
    return FoundLine(item=line.item.value, quantity=line.units, requested=line.day)
