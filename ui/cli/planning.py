"""`expediter plan`: all open cases planned together, before and after, and what competes for what."""

from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer

from core.domain.errors import InvalidValueError
from core.planning.repair.chosen import CaseChoice
from core.planning.repair.telling import money
from core.services.planning_together import PlanTogether, TogetherReport, keep_together, plan_together
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import console, count, print_json, say, table
from ui.cli.workplace import CLI, PackChoice, workplace

Budget = Annotated[
    str | None, typer.Option("--budget", metavar="AMOUNT", help="What may be paid beyond the usual at most.")
]
Keep = Annotated[bool, typer.Option("--keep", help="Make it the options of each case, for people to decide on.")]
_CASES = (
    ("case", "code"),
    ("lacking", "right"),
    ("covered", "right"),
    ("how", "left"),
    ("a unit is worth at most", "right"),
)
_WAYS = (
    ("case", "code"),
    ("way out", "left"),
    ("costs", "right"),
    ("the plan more", "right"),
    ("lines on time again", "right"),
)


@options.takes_pack
def plan_command(choice: PackChoice, budget: Budget = None, keep: Keep = False, as_json: options.Json = False) -> None:
    """Plan all open cases together: who gets what, what it costs, what it saves. Nothing is decided by it."""
    with failures_said(), workplace(choice) as place, place.application.open_uow(CLI) as uow:
        command = PlanTogether(budget=_amount(budget))
        report = keep_together(uow, command) if keep else plan_together(uow, command)
        if as_json:
            print_json(plan_json(report))
        else:
            _print(report, kept=keep)


def plan_json(report: TogetherReport) -> dict[str, object]:
    """The report as JSON; money as decimals in `currency`."""
    made = report.choice
    return {
        "currency": report.currency,
        "doing_nothing": made.idle,
        "one_by_one": made.greedy,
        "together": made.total,
        "bound": made.bound,
        "gap_percent": made.gap_percent,
        "stopped": made.stopped,
        "cases_without_answers_of_suppliers": report.unasked,
        "cases": [_case_json(case) for case in made.cases],
        "pools": [{"pool": one.pool, "worth_of_a_unit_more": one.worth} for one in made.pools],
        "stability": [
            {
                "weight": one.factor,
                "cost": money(one.cost),
                "lines_moved": one.lines_moved,
                "customers_contacted": one.customers_contacted,
            }
            for one in made.steadiness
        ],
        "effect_of_stability": {"costs_more": money(made.effect.costs_more), "lines_spared": made.effect.lines_spared},
    }


def _case_json(case: CaseChoice) -> dict[str, object]:
    return {
        "case": case.case,
        "lacking": case.lacking,
        "covered": case.covered,
        "why_waiting": case.why_waiting,
        "reserve_price": case.reserve,
        "usual_price": case.usual_price,
        "competes_with": list(case.competes),
        "covered_by_orders_of": list(case.rides_with),
        "ways": [
            {"what": one.said, "units": one.units, "chosen": one.chosen, "marginal": one.marginal, "exact": one.exact}
            for one in case.ideas
        ],
        "options": [
            {
                "what": one.title,
                "cost": one.cost,
                "marginal": one.marginal,
                "exact": one.exact,
                "lines_changed": len(one.changes),
                "lines_recovered": one.recovered,
            }
            for one in case.proposed
        ],
        "lines_recovered": case.proposed[0].recovered if case.covered and case.proposed else 0,
    }


def _print(report: TogetherReport, *, kept: bool) -> None:
    made = report.choice
    if not made.cases:
        say("No case waits for a plan.")
        return
    console.print(table("All open cases together", _CASES, [_row(case) for case in made.cases if case.ideas]))
    console.print(table("Ways out of each case", _WAYS, [way for case in made.cases for way in _ways(case)]))
    without = sum(not case.ideas for case in made.cases)
    if without:
        say(f"{count(without, 'case')} without a way to bring units are left out of the table.")
    if report.unasked:
        say(f"Of {count(report.unasked, 'case')} no supplier was asked yet; `expediter resolve` asks.")
    say(f"Before: doing nothing costs {made.idle:,} {report.currency}.")
    say(f"After: {made.total:,} {report.currency}; one case after the other it would be {made.greedy:,}.")
    say(f"No plan costs less than {made.bound:,}: the gap is {made.gap_percent} %, {made.stopped}.")
    for one in made.pools:
        say(f"  a unit more of {one.pool} would be worth {one.worth:,}")
    _say_stability(report)
    _say_next(kept=kept)


def _say_stability(report: TogetherReport) -> None:
    """What the weight of a moved line does: with it, without it, and ten times as much."""
    made, effect = report.choice, report.choice.effect
    spared = count(effect.lines_spared, "order line")
    say(f"Stability: counting moved lines costs {money(effect.costs_more):,} {report.currency} and spares {spared}.")
    for one in made.steadiness:
        moved, told = count(one.lines_moved, "line"), count(one.customers_contacted, "customer")
        say(f"  a moved line counted {one.factor} times: costs {money(one.cost):,}, {moved} moved, {told} told")


def _say_next(*, kept: bool) -> None:
    if kept:
        say("Each case has its part as first option. Next: `expediter resolve ID` puts one before people.")
    else:
        say("Nothing was kept. `--keep` makes it the options of each case.")


def _row(case: CaseChoice) -> tuple[object, ...]:
    chosen = [one.said for one in case.ideas if one.chosen]
    how = ", ".join(chosen) or f"wait: {case.why_waiting}"
    if case.competes:
        how += f" (competes with {', '.join(case.competes)})"
    return case.case, f"{case.lacking:,}", f"{case.covered:,}", how, f"{case.reserve:,}"


def _ways(case: CaseChoice) -> list[tuple[object, ...]]:
    """The ways out of a case; what is not proven is marked."""
    return [
        (case.case, one.title, f"{one.cost:,}", f"{one.marginal:,}{'' if one.exact else ' or so'}", one.recovered)
        for one in case.proposed
    ]


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise InvalidValueError(f"the budget is {text!r}; it must be an amount such as 2500 or 99.50") from error
