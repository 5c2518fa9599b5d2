"""The figures of order entry over all graded texts, and the same by language and by layout."""

from collections.abc import Callable, Iterable, Sequence

from core.services.scanning import Figure
from evals.bench.figures import figure
from evals.intake.grading import Grade
from evals.intake.labels import Outcome


def intake_figures(grades: Sequence[Grade], *, texts: int = 100) -> list[Figure]:
    """The figures, those with goals first. Shares are of 1; the share accepted is of all texts. `texts` is how many the
    set has: six of ten should be whole orders."""
    accepted = [one for one in grades if one.accepted]
    lines = sum(len(one.found.lines) for one in accepted)
    right = sum(one.lines_right for one in accepted)
    asked = [one for one in grades if one.label.outcome is Outcome.QUESTION]
    others = [one for one in grades if one.label.outcome not in {Outcome.QUESTION, Outcome.ORDER}]
    return [
        figure("texts", len(grades), goal=f"== {texts}"),
        figure("whole_orders", sum(one.whole for one in grades), goal=f">= {texts * 6 // 10}"),
        figure("accepted_share", _share(one.accepted for one in grades), goal=">= 0.5"),
        figure("line_precision_accepted", right / lines if lines else 0.0, goal=">= 0.98"),
        figure("silently_wrong", sum(one.silently_wrong for one in grades), goal="== 0"),
        figure("unfinished", sum(one.found.outcome is None for one in grades), goal="== 0"),
        figure("orders_labelled", sum(one.label.outcome is Outcome.ORDER for one in grades)),
        figure("questions_right_share", _share(one.ended_right for one in asked)),
        figure("other_ends_right_share", _share(one.ended_right for one in others)),
        *_by(grades, "language", lambda one: one.label.language),
        *_by(grades, "layout", lambda one: one.label.layout.replace(" ", "_")),
    ]


def failures(grades: Sequence[Grade]) -> list[str]:
    """One sentence for each text that did not end as labelled."""
    return [_sentence(one) for one in grades if not (one.ended_right and not one.wrong) or one.silently_wrong]


def _sentence(one: Grade) -> str:
    ended = one.found.outcome.value if one.found.outcome else "unfinished"
    said = f"{one.label.file}: {one.label.outcome.value} labelled, ended as {ended}{', accepted' * one.accepted}"
    said += f"; wrong: {', '.join(one.wrong)}" if one.wrong else ""
    return said + (f"; asked: {', '.join(sorted(one.found.asked))}" if one.found.asked else "")


def _by(grades: Sequence[Grade], name: str, of: Callable[[Grade], str]) -> list[Figure]:
    orders = [one for one in grades if one.label.outcome is Outcome.ORDER]
    return [
        figure(f"whole_share_{name}_{group}", _share(one.whole for one in orders if of(one) == group))
        for group in sorted({of(one) for one in orders})
    ]


def _share(found: Iterable[bool]) -> float:
    each = list(found)
    return sum(each) / len(each) if each else 0.0
