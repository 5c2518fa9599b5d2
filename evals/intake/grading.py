"""What became of an order text, compared with its label field by field.

A draft is `accepted` when every field of it is `high` and nothing is asked: a person would confirm it with one look. A
text is *whole* when it is labelled an order and ended as a draft without a question in which every labelled field is
right: customer, its order number, address, and each line's item, base units and day. It is *silently wrong* when it was
accepted though a field is wrong, a field had to be looked at, or it should not have become an order at all. It is
*unfinished* when it ended neither as a draft nor as a question nor as one of the named ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evals.intake.labels import Label, LabelledLine, Outcome

_USUAL = "MAIN"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """A line of a draft, in base units; None where nothing was found."""

    item: str | None
    quantity: int | None
    requested: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of a text; `outcome` is None when it came to no named end. `accepted` is only said of drafts."""

    outcome: Outcome | None
    customer: str | None = None
    customer_po: str | None = None
    ship_to: str | None = None
    lines: tuple[FoundLine, ...] = ()
    asked: frozenset[str] = frozenset()
    accepted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The verdict on one text. `wrong` names fields; lines are counted as found, `lines_right` of them are right."""

    label: Label
    found: Found
    wrong: tuple[str, ...]
    lines_right: int

    @property
    def whole(self) -> bool:
        """An order that came out right in every labelled field, with nothing asked."""
        return self.label.outcome is Outcome.ORDER and self.ended_right and not self.wrong

    @property
    def ended_right(self) -> bool:
        """It ended as labelled; a question asks for everything that is labelled to be asked."""
        return self.found.outcome is self.label.outcome and all(asks & self.found.asked for asks in self.label.asks)

    @property
    def accepted(self) -> bool:
        """A draft that needs one look."""
        return self.found.outcome is Outcome.ORDER and self.found.accepted

    @property
    def silently_wrong(self) -> bool:
        """Accepted, and it should not have been."""
        return self.accepted and (not self.whole or bool(self.label.review))


def graded(label: Label, found: Found, *, as_of: date) -> Grade:
    """The verdict on what became of a text."""
    right = _lines_right(label.lines, found.lines, as_of)
    wrong = _wrong(label, found) if found.outcome in {Outcome.ORDER, label.outcome} else ()
    lines_wrong = label.outcome is Outcome.ORDER and not len(label.lines) == len(found.lines) == right
    return Grade(label=label, found=found, wrong=(*wrong, *(["lines"] * lines_wrong)), lines_right=right)


def _wrong(label: Label, found: Found) -> tuple[str, ...]:
    if label.outcome in {Outcome.QUESTION, Outcome.NO_ORDER}:
        return ()
    wrong = {
        "customer": label.customer != found.customer,
        "customer_po": _number(label.customer_po) != _number(found.customer_po),
        "ship_to": label.outcome is Outcome.ORDER and (label.ship_to or _USUAL) != (found.ship_to or _USUAL),
    }
    return tuple(field for field, is_wrong in wrong.items() if is_wrong)


def _lines_right(labelled: Sequence[LabelledLine], found: Sequence[FoundLine], as_of: date) -> int:
    """How many lines found are each one of those labelled."""
    left, right = list(labelled), 0
    for line in found:
        meant = next((one for one in left if _is_right(one, line, as_of)), None)
        if meant is not None:
            left.remove(meant)
            right += 1
    return right


def _is_right(labelled: LabelledLine, line: FoundLine, as_of: date) -> bool:
    if (labelled.item, labelled.quantity) != (line.item, line.quantity):
        return False
    if labelled.first is None or labelled.last is None:
        return line.requested in {None, as_of}
    return line.requested is not None and labelled.first <= line.requested <= labelled.last


def _number(said: str | None) -> str:
    """A customer's number without what people write differently: spaces and capitals."""
    return "".join((said or "").split()).casefold()
