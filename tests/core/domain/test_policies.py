"""The first version of the policy decides as the constants did; what it may say is bounded; rules act within limits."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.approval import ApprovalPolicy, Verdict, gate
from core.domain.autonomy import AutonomyRule, Level, Reach
from core.domain.cases import ExceptionType
from core.domain.errors import InvalidValueError
from core.domain.ids import CaseId, OptionId
from core.domain.plans import Action, Plan, Resolution, committed_money, plan_of
from core.domain.policies import FIRST_POLICY, Policy, checked_policy, demoted
from core.domain.policy_edits import edited, pairs
from core.domain.tiers import approvers_of, tier_of
from tests.builders import buy, re_promise, transfer, wait
from tests.core.services.doing.actions import ask_data

SHORTAGE = ExceptionType.DEMAND_SHORTAGE
SMALL = Reach(type=SHORTAGE, money=Decimal(0), days=0, customer_tier=2)
ACTING = AutonomyRule(
    type=None,
    resolution=Resolution.ASK_DATA,
    level=Level.ACT,
    most_money=Decimal(100),
    most_days=2,
    customer_tier_from=2,
)


def plan_of_actions(*actions: Action) -> Plan:
    return plan_of(case=CaseId("CASE-1"), option=OptionId("CASE-1-1A"), actions=actions, currency="USD")


def trusted(**limits: object) -> Policy:
    return replace(FIRST_POLICY, autonomy=(ACTING,), daily_money=Decimal(100), daily_count=3, **limits)


@given(
    st.lists(st.sampled_from([wait(), transfer(), re_promise(), ask_data(), buy(10), buy(645), buy(646), buy(5000)]),
             min_size=1, max_size=4),
    st.builds(Reach, type=st.sampled_from(ExceptionType), money=st.decimals(0, 10**6), days=st.integers(0, 90),
              customer_tier=st.integers(1, 5)),
)  # fmt: skip
def test_the_first_version_decides_as_the_constants_did(actions: list[Action], reach: Reach) -> None:
    plan = plan_of_actions(*actions)
    before = gate(
        tier=tier_of(plan), money=committed_money(plan), policy=ApprovalPolicy(), roles=approvers_of(plan.actions)
    )

    assert FIRST_POLICY.judge(plan, reach) == before
    assert (FIRST_POLICY.approval, FIRST_POLICY.tier_of(plan)) == (ApprovalPolicy(), tier_of(plan))


def test_a_way_out_that_is_not_listed_is_t4() -> None:
    unlisted = replace(FIRST_POLICY, tiers={})

    assert unlisted.tier_of(plan_of_actions(transfer())) == 4
    assert unlisted.judge(plan_of_actions(transfer()), SMALL).approvals_needed == 2


@pytest.mark.parametrize(
    ("reach", "by_rule"),
    [
        (SMALL, "any/R21"),
        (replace(SMALL, money=Decimal(100), days=2), "any/R21"),
        (replace(SMALL, money=Decimal("100.01")), ""),
        (replace(SMALL, days=3), ""),
        (replace(SMALL, customer_tier=1), ""),
    ],
)
def test_a_rule_acts_within_its_limits_and_else_people_are_asked(reach: Reach, by_rule: str) -> None:
    found = trusted().judge(plan_of_actions(ask_data()), reach)

    assert (found.verdict, found.approvals_needed, found.by_rule) == (Verdict.NEEDS_APPROVAL, 1, by_rule)


def test_no_rule_acts_where_another_action_is_for_people_or_is_observed() -> None:
    both = plan_of_actions(ask_data(), transfer())
    observed = AutonomyRule(type=SHORTAGE, resolution=Resolution.ASK_DATA, level=Level.OBSERVE)

    assert trusted().judge(both, SMALL).by_rule == ""
    found = replace(trusted(), autonomy=(ACTING, observed)).judge(both, SMALL)
    assert (found.verdict, found.rule) == (
        Verdict.OBSERVE,
        "observed only (E01/R21): T3: one person up to 10,000.00",
    )
    assert demoted(trusted(), ["any/R21"]).judge(plan_of_actions(ask_data()), SMALL).by_rule == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"autonomy.any/R02": "act:100:1"}, "any/R02 may not act: it is T3, and T3 and above always needs a person"),
        ({"autonomy.any/R21": "act:100:1", "daily_count": "0"}, "any/R21 may act only within a cap"),
        ({"tier.R02": "1"}, "R02 may be T2 to T5, not T1"),
        ({"lifetime_hours": "0"}, "lifetime_hours 0 is not between 1 and 336"),
        ({"escalate_hours": "30"}, "escalate_hours 30 is not between 0 and 24"),
        ({"reluctance.DELTA": "101"}, "DELTA weighs 101 percent"),
    ],
)
def test_what_a_policy_may_not_be_is_said(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidValueError, match=sentence):
        checked_policy(edited(FIRST_POLICY, changes))


@pytest.mark.parametrize(
    "word",
    ["tier.R99=3", "tier.R02=high", "autonomy.E01/R02=trust", "autonomy.R21=act", "speed=1", "two_people_above=lots",
     "two_people_above=NaN", "autonomy.any/R21=propose:3"],
)  # fmt: skip
def test_a_change_that_cannot_be_read_names_itself(word: str) -> None:
    with pytest.raises(InvalidValueError, match=word.partition("=")[0].rpartition("/")[2]):
        edited(FIRST_POLICY, pairs([word]))


def test_changes_are_read_as_people_write_them() -> None:
    words = [
        "two_people_above=8000",
        "tier.R21=2",
        "autonomy.E01/R21=act:250.50:3:2",
        "daily_count=5",
        "daily_money=900",
    ]

    found = checked_policy(edited(FIRST_POLICY, pairs([*words, "reluctance.DELTA=15"])))

    rule = AutonomyRule(
        type=SHORTAGE,
        resolution=Resolution.ASK_DATA,
        level=Level.ACT,
        most_money=Decimal("250.50"),
        most_days=3,
        customer_tier_from=2,
    )
    assert (found.two_people_above, found.autonomy, found.daily_count) == (Decimal(8000), (rule,), 5)
    assert found.weight_of([buy(10)]) == Decimal("23.25")
    assert edited(found, {"reluctance.DELTA": "0"}).reluctance == ()
