"""Advice without a model: the option with the lowest objective, and at most five plain sentences from its figures."""

from collections.abc import Sequence
from decimal import Decimal

from core.domain.evidence import CaseEvidence
from core.domain.options import Option
from core.domain.proposals import Advice, AdviceSource

NO_EVIDENCE = CaseEvidence()


def advise_by_rules(
    options: Sequence[Option], *, silent: Sequence[str] = (), note: str = "", evidence: CaseEvidence = NO_EVIDENCE
) -> Advice:
    """The advice on some options, of which there is at least one, in at most five sentences; `silent` are suppliers
    that did not answer. It cites the evidence the option rests on, and what its customers accept."""
    first, *others = sorted(options, key=lambda option: (option.objective, option.letter))
    sentences = [_lowest(first), _effect(first)]
    if others:
        sentences.append(f"By the same measure, {'; '.join(_compared(option, first) for option in others)}.")
    sentences.append(f"It must be decided by {first.deadline}, and {_moved(first)}.")
    if silent:
        sentences.append(f"No usable answer came from {', '.join(silent)}.")
    return Advice(
        source=AdviceSource.RULES,
        option=first.id,
        text=" ".join(sentences),
        evidence=cited(first, evidence),
        note=note,
    )


def cited(option: Option, evidence: CaseEvidence) -> tuple[str, ...]:
    """The ids of the evidence an option names as its ground, and of the notes on the customers it concerns, sorted."""
    grounds = " ".join(option.feasibility)
    named = {name for name in evidence.ids if f"({name})" in grounds}
    rules = {one.id for one in evidence.notes if one.kind == "customer" and one.subject in option.customers_affected}
    return tuple(sorted(named | rules))


def _lowest(option: Option) -> str:
    return f"Option {option.letter} ({option.title}) is the best by cost and lateness together."


def _effect(option: Option) -> str:
    before, after = _money(option.exposure_before, option), _money(option.exposure_after, option)
    lines = f"{_lines(option.lines_helped)} gained, {_lines(option.lines_hurt)} hurt"
    cost = option.total_cost
    price = f"saves {_money(-cost, option)}" if cost < 0 else f"costs {_money(cost, option)}"
    return (
        f"It {price} and takes the exposure from {before} to {after}; "
        f"{lines}, {_lines(option.lines_recovered)} on time again."
    )


def _compared(option: Option, first: Option) -> str:
    more = option.objective - first.objective
    distance = "is equal" if not more else f"is {_money(more, option)} worse"
    return f"option {option.letter} ({option.title}) {distance}"


def _money(amount: Decimal, option: Option) -> str:
    return f"{amount:,.2f} {option.plan.currency}"


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _moved(option: Option) -> str:
    if not option.promises_moved:
        return "no promise is moved"
    return "1 promise is moved" if option.promises_moved == 1 else f"{option.promises_moved} promises are moved"
