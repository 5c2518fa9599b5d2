"""Crafting: an option as somebody wants it has the figures the planner would give it, or reasons why it cannot be."""

from dataclasses import replace

from hypothesis import given, settings

from core.domain.cases import Case
from core.domain.crafting import TheseActions
from core.domain.evidence import CaseEvidence
from core.domain.ids import OptionId
from core.domain.options import Option
from core.domain.plans import cost_of, plan_of
from core.planning.detection import detect
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair import DEFAULT_POLICY, CasePlan, plan_case
from core.planning.repair.composition import Workbench, workbench
from core.planning.repair.crafting import Round, craft
from core.planning.repair.terms import NO_TERMS
from core.planning.robustness.drawing import Chances
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.repair.cases import case_of
from tests.core.planning.repair.drawn import (
    LINES,
    OFFERS,
    STOCK,
    SUPPLY,
    Lines,
    Offers,
    Supply,
    drawn_books,
    drawn_evidence,
)


def bench_of(books: Snapshot, result: NetResult, case: Case, evidence: CaseEvidence) -> Workbench:
    return workbench(books, result, case, evidence, policy=DEFAULT_POLICY, terms=NO_TERMS)


def beside(plan: CasePlan) -> Round:
    return Round(options=plan.options, chances=Chances())


def figures(option: Option) -> Option:
    """The option without its name and the numbers of what it makes, by which its scenarios are drawn, too."""
    plan = plan_of(case=option.case, option=OptionId(""), actions=(), currency=option.plan.currency)
    return replace(option, id=OptionId(""), letter="", plan=plan, undo="", odds=None)


@settings(max_examples=40, deadline=None)
@given(lines=LINES, supply=SUPPLY, offers=OFFERS, stock=STOCK)
def test_the_planners_own_actions_crafted_have_the_planners_figures(
    lines: Lines, supply: Supply, offers: Offers, stock: tuple[int, int, int]
) -> None:
    books = drawn_books(lines, supply, stock)
    result = net(books, ScanRules())

    for detected in detect(books, result)[:2]:
        case = case_of(detected)
        evidence = drawn_evidence(books, result, case, offers)
        plan = plan_case(books, result, case, evidence)
        bench = bench_of(books, result, case, evidence)
        for option in plan.options:
            again = craft(bench, TheseActions(actions=option.actions), beside(plan))
            assert figures(again) == figures(option)
            assert [cost_of(action) for action in again.actions] == [cost_of(action) for action in option.actions]
