"""The policy in force decides, changes by two people's word only, and lets rules act within caps that hold in sum."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest

from core.db.codec import from_json, to_json
from core.domain.approval import Approval, ApprovalState, DecisionKind, Verdict
from core.domain.cases import CaseState
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import UserName
from core.domain.learning import ReasonCode, SuggestionKind
from core.domain.policies import FIRST_POLICY, Policy
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User
from core.services.approvals import DecideCommand, decide
from core.services.execution import ExecutionState, execute
from core.services.learning import Complain, SettleSuggestion, complain, learn, open_suggestions, settle_suggestion
from core.services.policies import looked_at, policy_of
from core.services.policy_changing import AgreeToPolicy, AskForPolicy, agree_to_policy, ask_for_policy
from core.services.policy_trial import try_policy
from core.services.undoing import undo
from tests.builders import MARIA, OMAR, PAUL, buy, transfer, wait
from tests.desk import Desk

TRUSTED = {
    "tier.R02": "2",
    "autonomy.any/R02": "act:60:0:1",
    "daily_count": "2",
    "daily_money": "200",
}


def changed(desk: Desk, changes: Mapping[str, str], *, agree: bool = True) -> Policy:
    """Omar asks for it, Maria agrees."""
    with desk.open(OMAR.name) as uow:
        request = ask_for_policy(uow, AskForPolicy(changes=changes, reason="we learned"))
    with desk.open(MARIA.name) as uow:
        agree_to_policy(uow, AgreeToPolicy(code=request.code, digest=request.digest, agree=agree))
    with desk.open() as uow:
        return policy_of(uow)


def test_the_first_version_in_the_books_is_what_the_program_held(desk: Desk) -> None:
    with desk.open() as uow:
        version = uow.policies.current()

    assert (version.number, version.policy) == (1, FIRST_POLICY)
    assert from_json(Policy, to_json(Policy, FIRST_POLICY)) == FIRST_POLICY


def test_another_policy_holds_once_another_person_agrees_and_not_before(desk: Desk) -> None:
    with desk.open(OMAR.name) as uow:
        request = ask_for_policy(uow, AskForPolicy(changes={"two_people_above": "50"}, reason="costs"))
    said = AgreeToPolicy(code=request.code, digest=request.digest, agree=True)
    assert desk.proposed(transfer()).approvals_needed == 1

    with pytest.raises(NotAuthorisedError, match="another person agrees"), desk.open(OMAR.name) as uow:
        agree_to_policy(uow, said)
    with pytest.raises(NotAuthorisedError, match="may not change policy"), desk.open(PAUL.name) as uow:
        ask_for_policy(uow, AskForPolicy(changes={"two_people_above": "1"}, reason="why not"))
    with desk.open(MARIA.name) as uow:
        agree_to_policy(uow, said)

    approval = desk.proposed(transfer(reference="TO-2.1A-1"), root="item VALVE-3@RENO")
    assert (approval.approvals_needed, approval.tier, approval.policy_version) == (2, 4, "2024-2")
    with desk.open() as uow:
        assert [(v.number, v.author, v.agreed_by) for v in uow.policies.history()] == [
            (2, OMAR.name, MARIA.name),
            (1, "the program", "the program"),
        ]


def test_a_plan_approved_under_a_milder_policy_is_stale(desk: Desk) -> None:
    approval = desk.approved(transfer())
    changed(desk, {"two_people_above": "50"})

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert outcome.differences == (
        "policy 2024-2 asks for 2 people: T4: two people (money 52.50, one person up to 50.00)",
    )


def test_a_change_asked_for_before_a_demotion_is_not_agreed_to(desk: Desk) -> None:
    changed(desk, TRUSTED)
    approval = desk.proposed(transfer())
    assert desk.execute(approval).state is ExecutionState.EXECUTED
    with desk.open(OMAR.name) as uow:
        request = ask_for_policy(uow, AskForPolicy(changes={"daily_count": "9"}, reason="more"))
    with desk.open(PAUL.name) as uow:
        assert complain(uow, Complain(approval=approval.id, why="they needed them")) == ("any/R02",)

    with pytest.raises(ConflictError, match="the policy changed since"), desk.open(MARIA.name) as uow:
        agree_to_policy(uow, AgreeToPolicy(code=request.code, digest=request.digest, agree=True))


def test_what_a_rule_acts_on_is_done_by_the_worker_alone_and_within_the_sums_of_the_day(desk: Desk) -> None:
    changed(desk, TRUSTED)
    approvals = [desk.proposed(transfer(10, reference=f"TO-{n}.1A-1"), root=f"item {n}") for n in range(1, 5)]
    assert {approval.by_rule for approval in approvals} == {"any/R02"}

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda a: execute(desk.open_uow, a.id, by=WORKER_NAME), approvals))

    assert sorted(one.state.value for one in outcomes) == ["executed", "executed", "waiting", "waiting"]
    (why,) = {one.differences for one in outcomes if one.state is ExecutionState.WAITING}
    assert why == ("rules acted 2 times today for company, 2 is the most",)
    waiting = next(one.approval for one in outcomes if one.state is ExecutionState.WAITING)
    with desk.open() as uow:
        kept = uow.approvals.get(waiting)
    assert desk.decide(kept).state is ApprovalState.APPROVED
    assert desk.execute(kept).state is ExecutionState.EXECUTED


def test_no_rule_acts_on_what_passes_its_limits_and_nothing_the_agent_says_changes_that(desk: Desk) -> None:
    changed(desk, TRUSTED)
    large = desk.proposed(transfer())
    bought = desk.proposed(buy(), root="item 2")

    assert (large.money, large.by_rule, bought.by_rule) == (Decimal("52.50"), "any/R02", "")
    changed(desk, {"autonomy.any/R02": "act:50:0:1"})
    found = desk.execute(large)
    assert (found.state, found.differences[0][:44]) == (
        ExecutionState.WAITING,
        "the policy does not act on it by itself: T2:",
    )
    assert desk.execute(bought).state is ExecutionState.WAITING


@pytest.mark.parametrize("bad", ["undone", "complaint"])
def test_one_bad_outcome_takes_the_rule_down_at_once(desk: Desk, bad: str) -> None:
    changed(desk, TRUSTED)
    approval = desk.proposed(transfer())
    desk.execute(approval)

    with desk.open(MARIA.name) as uow:
        if bad == "undone":
            undo(uow, approval.id, MARIA)
        else:
            complain(uow, Complain(approval=approval.id, why="Reno ran dry"))

    with desk.open() as uow:
        policy = policy_of(uow)
        (down,) = uow.policies.demotions(2)
    assert [rule.level.value for rule in policy.autonomy] == ["propose"]
    assert (down.rule, bad in down.why) == ("any/R02", True)
    assert desk.proposed(transfer(reference="TO-9"), root="item 2").by_rule == ""
    again = changed(desk, {"autonomy.any/R02": "act:60:0:1"})
    assert [rule.level.value for rule in again.autonomy] == ["act"]


def test_what_is_only_observed_is_noted_and_not_proposed_by_the_desk(desk: Desk) -> None:
    changed(desk, {"autonomy.E01/R02": "observe"})
    case, (option,) = desk.offered([transfer()])

    with desk.open_agent_uow(AGENT_NAME) as uow:
        assert looked_at(uow, option.id).verdict is Verdict.OBSERVE
        assert looked_at(uow, option.id).verdict is Verdict.OBSERVE
    with pytest.raises(NotAuthorisedError, match="observed only"):
        desk.propose(option)

    with desk.open() as uow:
        noted = [subject for _, _, event, subject, _ in uow.audit.trail(f"case:{case.id}") if event == "observed"]
        assert (noted, uow.cases.get(case.id).state) == ([option.id], CaseState.OPEN)
    assert desk.propose(option, by=PAUL.name).state is ApprovalState.PENDING


def test_a_dry_run_says_what_would_have_gone_otherwise_and_keeps_nothing(desk: Desk) -> None:
    approval = desk.proposed(transfer())
    desk.decide(approval, kind=DecisionKind.REJECT)
    desk.proposed(wait(), root="item 2")

    with desk.open() as uow:
        found = try_policy(uow, TRUSTED)
        assert uow.policies.current().number == 1

    assert (found.looked_at, found.by_rule, found.regretted) == (2, 1, 1)
    (one,) = found.changed
    assert (one.approval, one.before, one.after, one.became) == (
        approval.id,
        "1 to approve",
        "done by rule",
        "not wanted: rejected",
    )


def test_what_people_reject_again_and_again_becomes_a_suggestion_that_people_take_up(desk: Desk) -> None:
    for number in range(1, 6):
        approval = desk.proposed(buy(reference=f"PO-9{number}"), root=f"item {number}")
        reject(desk, approval)
    with desk.open() as uow:
        assert [one.code for one in learn(uow)] == ["observe E01/R08 5", "reluctance DELTA 5"]
        assert learn(uow) == ()
        assert policy_of(uow) == FIRST_POLICY
        first, second = open_suggestions(uow)
    assert second.because == "5 of 5 proposals with DELTA were rejected or edited, 5 for the supplier"

    with pytest.raises(NotAuthorisedError), desk.open(PAUL.name) as uow:
        settle_suggestion(uow, SettleSuggestion(code=second.code, accept=True))
    with desk.open(OMAR.name) as uow:
        settle_suggestion(uow, SettleSuggestion(code=first.code, accept=False))
        request = settle_suggestion(uow, SettleSuggestion(code=second.code, accept=True))
        assert request is not None
        assert policy_of(uow) == FIRST_POLICY
    with desk.open(MARIA.name) as uow:
        agree_to_policy(uow, AgreeToPolicy(code=request.code, digest=request.digest, agree=True))

    with desk.open() as uow:
        assert policy_of(uow).weight_of([buy()]) == Decimal("38.75")
        assert (learn(uow), open_suggestions(uow)) == ((), ())
    assert first.kind is SuggestionKind.OBSERVE


def test_a_policy_that_cannot_be_is_not_asked_for(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="T3 and above always needs a person"), desk.open(OMAR.name) as uow:
        ask_for_policy(uow, AskForPolicy(changes={"autonomy.any/R08": "act:9:9"}, reason="faster"))
    with pytest.raises(InvalidValueError, match="nothing would change"), desk.open(OMAR.name) as uow:
        ask_for_policy(uow, AskForPolicy(changes={"lifetime_hours": "24"}, reason="faster"))


def test_one_person_is_not_two_under_two_names(desk: Desk) -> None:
    again = User(name=UserName("maria.admin"), role=Role.OPERATIONS_MANAGER, limit=None, person=MARIA.name)
    desk.let_in(again)
    approval = desk.decide(desk.proposed(buy(1000)))

    with pytest.raises(NotAuthorisedError, match=r"'maria\.admin' is one person with 'maria'"):
        desk.decide(approval, again)

    assert desk.decide(approval, OMAR).state is ApprovalState.APPROVED
    with desk.open(OMAR.name) as uow:
        assert uow.users.get(again.name) == replace(again, active=True)


def reject(desk: Desk, approval: Approval) -> None:
    """Maria does not want the supplier."""
    said = DecideCommand(
        approval=approval.id,
        plan_hash=approval.plan_hash,
        kind=DecisionKind.REJECT,
        comment="not from them",
        channel="cli",
        reason_code=ReasonCode.SUPPLIER,
    )
    with desk.open() as uow:
        decide(uow, said, MARIA)
