"""The table of the ways out is complete, and says nothing that the code does not."""

from pathlib import Path
from typing import get_args

import pytest

from core.domain.exception_table import KINDS
from core.domain.plans import Action, Resolution
from core.domain.resolutions import OFFERED, RESOLUTIONS
from core.domain.tiers import TIER_OF, approvers_of
from core.domain.users import Role
from core.services.doing.table import DOINGS
from tests.builders import buy, re_promise, transfer
from tests.core.services.doing.actions import ask_credit

PAGE = Path(__file__).parents[3] / "docs" / "resolutions.md"


@pytest.mark.parametrize("code", Resolution)
def test_every_way_out_says_all_there_is_to_say(code: Resolution) -> None:
    way = RESOLUTIONS[code]

    assert all((way.name, way.what, way.costs, way.feasible, way.execution, way.undo, way.approvers, way.actions))
    assert Role.OPERATIONS_MANAGER in way.approvers
    assert not {Role.VIEWER, Role.AGENT, Role.SERVICE} & {*way.approvers}
    assert 0 <= TIER_OF[code] <= 4
    assert {shape.resolution for shape in way.actions} == {code}
    assert {*way.offered} <= {*way.actions}


def test_every_action_belongs_to_a_way_out_and_only_what_can_be_carried_out_is_offered() -> None:
    every = {shape for way in RESOLUTIONS.values() for shape in way.actions}

    assert every == {*get_args(Action)}
    assert {*DOINGS} == OFFERED


def test_every_candidate_of_an_exception_is_a_way_out() -> None:
    named = {code for kind in KINDS.values() for code in kind.candidates}

    assert named <= {code.value for code in Resolution}


def test_the_page_is_the_table() -> None:
    rows = [
        f"| {code.value} | {way.name} | {way.what} | {way.costs} | {way.feasible} | T{way.tier} |"
        f" {', '.join(role.value for role in way.approvers)} | {way.execution} | {way.undo} |"
        f" {_offered(code)} |"
        for code, way in RESOLUTIONS.items()
    ]

    text = PAGE.read_text(encoding="utf-8")
    assert [row for row in rows if row not in text] == []
    assert text.count("\n| R") == len(rows)


def _offered(code: Resolution) -> str:
    way = RESOLUTIONS[code]
    if not way.offered:
        return "no"
    return "yes" if len(way.offered) == len(way.actions) else "in part"


def test_those_who_decide_on_a_plan_may_decide_on_each_of_its_actions() -> None:
    planners = (Role.PLANNER, Role.BUYER, Role.OPERATIONS_MANAGER)

    assert approvers_of((buy(), transfer(), re_promise())) == planners
    assert approvers_of((ask_credit(),)) == (Role.FINANCE, Role.OPERATIONS_MANAGER)
    assert approvers_of((ask_credit(), buy())) == (Role.OPERATIONS_MANAGER,)
