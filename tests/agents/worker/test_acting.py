"""What the policy trusts a rule with is done without a person, once, and a halt or a cap still keeps it back."""

from agents.worker.opening import open_worker
from agents.worker.worker import Standing
from core.domain.approval import ApprovalState
from core.services.halting import HaltCommand, ResumeCommand, halt, resume
from core.services.policy_changing import AgreeToPolicy, AskForPolicy, agree_to_policy, ask_for_policy
from tests.agents.worker.world import CASE, MARY, OTTO, World

TRUSTED = {"tier.R02": "2", "autonomy.E01/R02": "act:100:0:1", "daily_count": "1", "daily_money": "100"}
NOTHING = {"executed": 0, "reserved": 0, "placed": 0}


def trust(world: World) -> None:
    """Otto asks for it, Mary agrees."""
    with world.application() as app:
        with app.open_uow(OTTO) as uow:
            asked = ask_for_policy(uow, AskForPolicy(changes=TRUSTED, reason="small transfers"))
        with app.open_uow(MARY) as uow:
            agree_to_policy(uow, AgreeToPolicy(code=asked.code, digest=asked.digest, agree=True))


def test_a_small_transfer_is_done_by_the_rule_alone_but_not_while_everything_is_halted(desk_world: World) -> None:
    trust(desk_world)
    with desk_world.application() as app, open_worker(app) as worker:
        with app.open_uow(MARY) as uow:
            halt(uow, HaltCommand(reason="not yet"))
        assert worker.advance(CASE).standing is Standing.HALTED
        assert desk_world.effects() == NOTHING
        with app.open_uow(MARY) as uow:
            resume(uow, ResumeCommand())

        done = worker.advance(CASE)

    assert (done.standing, done.outcome) == (Standing.CLOSED, "verified")
    assert desk_world.effects() == {"executed": 1, "reserved": 40, "placed": 0}
    (approval,) = desk_world.approvals()
    assert (approval.state, approval.ruled, approval.decisions) == (ApprovalState.EXECUTED, "E01/R02", ())
