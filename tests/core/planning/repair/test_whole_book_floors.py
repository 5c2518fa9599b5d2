"""Strategies keep their floors over whole books: whatever is taken, in one option or in a plan over all cases, no line
that keeps what it has misses its promise by it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.evidence import CaseEvidence
from core.domain.plans import Action, Reallocate
from core.planning.detection import detect
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair import plan_case
from core.planning.repair.terms import CaseTerms, LineTerms
from core.planning.repair.together import CaseOnDesk, plan_cases
from core.planning.rules import Policy, ScanRules
from core.planning.simulation import apply
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.repair.cases import case_of
from tests.core.planning.repair.posed_cases import FREE

Terms = dict[tuple[str, int], LineTerms]


def scarce(dice: Random) -> Snapshot:
    """Two items of which some are there and more come late, for lines of every priority; A may be moved."""
    lines = [
        (
            f"SO-{n}",
            1,
            dice.choice("AAB"),
            dice.randint(1, 9),
            dice.randint(0, 12),
            dice.choice(["MAIN"] * 4 + ["EAST"]),
        )
        for n in range(dice.randint(4, 10))
    ]
    demand = [
        (*line, -dice.randint(0, 5), number, dice.randint(1, 3), dice.choice(["5", "50"]), dice.choice([0, 50, 100]))
        for number, line in enumerate(lines)
    ]
    return book(
        items=[("A", False, 0, 0, True, "3"), ("B", False, 0, 0, True, "4")],
        locations=[("MAIN", "ONE"), ("EAST", "TWO")],
        demand=demand,
        stock=[(item, dice.randint(3, 15), "MAIN") for item in "AB"] + [("A", dice.randint(1, 9), "EAST")],
        supply=[
            ("PO", f"PO-{n}", dice.choice("AB"), dice.randint(1, 15), dice.randint(1, 20), "MAIN", None, "S1")
            for n in range(dice.randint(0, 4))
        ],
        lanes=[("EAST", "MAIN", 2, "10", "0.5")] if dice.random() < 0.5 else [],
        sources=[("A", "S1", 30, "3"), ("B", "S1", 30, "4")],
    )


def kept(before: NetResult, after: NetResult, books: Snapshot, terms: Terms) -> bool:
    """Whether no line that keeps what it has is short of more units, or later and past its promise."""
    demand = books.demand
    later = (after.line_available > before.line_available) & (after.line_available > demand.due)
    worse = np.flatnonzero(later | (after.line_short > before.line_short)).tolist()
    return all(terms[demand.order[line], int(demand.line[line])].may_lose for line in worse)


def taken(actions: Iterable[Action]) -> list[Reallocate]:
    """What goes from line to line."""
    return [action for action in actions if isinstance(action, Reallocate)]


def desks(books: Snapshot, result: NetResult, terms: Terms) -> list[CaseOnDesk]:
    """Every case with the stock elsewhere and the strategies."""
    cases = [case_of(found, number=number) for number, found in enumerate(detect(books, result), start=1)]
    return [
        CaseOnDesk(
            case=case, evidence=CaseEvidence(stock=stock_elsewhere(books, result, case)), terms=CaseTerms(lines=terms)
        )
        for case in cases
    ]


def offered(books: Snapshot, result: NetResult, found: Sequence[CaseOnDesk]) -> list[tuple[Action, ...]]:
    """What is proposed: each option of each case, each way of the plan over all, and that plan."""
    alone = [plan_case(books, result, one.case, one.evidence, terms=one.terms) for one in found]
    plan = plan_cases(books, result, found)
    return [
        *(option.actions for made in alone for option in made.options),
        *(one.actions for case in plan.cases for one in case.proposed),
        plan.actions,
    ]


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.sampled_from([Policy.FIRST_COME, Policy.BY_ENTRY]))
def test_whatever_is_taken_no_line_loses_that_keeps_what_it_has(seed: int, policy: Policy) -> None:
    dice = Random(seed)
    books, rules = scarce(dice), ScanRules(policy=policy)
    numbers = zip(books.demand.order, books.demand.line.tolist(), strict=True)
    terms = {(str(order), line): replace(FREE, may_lose=dice.random() < 0.5) for order, line in numbers}
    result = net(books, rules)

    for actions in offered(books, result, desks(books, result, terms)):
        given_up = taken(actions)
        after = net(apply(books, given_up), rules)
        assert all(terms[one.from_order, one.from_line].may_lose for one in given_up)
        assert kept(result, after, books, terms), [one.sentence for one in given_up]
