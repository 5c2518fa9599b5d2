"""The worker on a real database: the way through, and what two of them, or none of its checkpoints, make of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg
import pytest
from langchain_core.runnables import RunnableConfig

from agents.worker.checkpoints import prepare_checkpoints
from agents.worker.opening import open_worker
from agents.worker.worker import Advance, Standing, Worker
from core.db.checkpoint_pool import driver_conninfo
from core.db.locks import advisory_lock
from core.domain.approval import ApprovalState, DecisionKind
from core.domain.cases import CaseState
from core.domain.errors import NotFoundError
from core.domain.ids import CaseId
from tests.agents.worker.world import APPROVAL, CASE, MARY, NOON, RENO, TOMORROW_NIGHT, VALVE, World

DONE = {"executed": 1, "reserved": 40, "placed": 0}
NOTHING = {"executed": 0, "reserved": 0, "placed": 0}


@contextmanager
def worker(world: World, at: datetime = NOON) -> Iterator[Worker]:
    with world.application(at=at) as app, open_worker(app) as found:
        yield found


def advance(world: World) -> Advance:
    with worker(world) as found:
        return found.advance(CASE)


def state(world: World) -> CaseState:
    with world.application() as app, app.open_uow(MARY) as uow:
        return uow.cases.get(CASE).state


def test_a_case_waits_for_a_person_and_is_then_executed_and_verified(desk_world: World) -> None:
    waiting = advance(desk_world)
    before = desk_world.effects()
    desk_world.decide(APPROVAL)
    done = advance(desk_world)

    assert (waiting.standing, waiting.approval) == (Standing.WAITING, "AP-1-1A")
    assert before == NOTHING
    assert (done.standing, done.outcome) == (Standing.CLOSED, "verified")
    assert desk_world.effects() == DONE
    assert state(desk_world) is CaseState.RESOLVED
    assert kept_threads(desk_world) == []


def test_advancing_again_changes_nothing(desk_world: World) -> None:
    first = advance(desk_world)
    second = advance(desk_world)
    desk_world.decide(APPROVAL)
    advance(desk_world)
    after = advance(desk_world)

    assert first == second
    assert after.standing is Standing.IDLE
    assert desk_world.effects() == DONE


def test_a_rejection_ends_the_run_and_is_not_answered_by_another_proposal(desk_world: World) -> None:
    advance(desk_world)
    desk_world.decide(APPROVAL, DecisionKind.REJECT)

    with worker(desk_world) as found:
        done = found.advance(CASE, begin=False)
        after = found.advance(CASE, begin=False)

    assert (done.outcome, after.standing) == ("rejected", Standing.IDLE)
    assert state(desk_world) is CaseState.OPEN
    assert len(desk_world.approvals()) == 1


def test_a_rejected_case_is_planned_again_when_asked(desk_world: World) -> None:
    advance(desk_world)
    desk_world.decide(APPROVAL, DecisionKind.REJECT)
    advance(desk_world)

    again = advance(desk_world)

    assert (again.standing, again.approval) == (Standing.WAITING, "AP-1-2A")


def test_an_approval_that_ran_out_ends_the_run(desk_world: World) -> None:
    advance(desk_world)

    with worker(desk_world, TOMORROW_NIGHT) as found:
        done = found.advance(CASE)

    assert (done.standing, done.outcome) == (Standing.CLOSED, "expired")
    assert [approval.state for approval in desk_world.approvals()] == [ApprovalState.EXPIRED]
    assert state(desk_world) is CaseState.OPEN
    assert desk_world.effects() == NOTHING


def test_a_plan_the_world_has_overtaken_is_planned_and_asked_again(desk_world: World) -> None:
    advance(desk_world)
    with desk_world.application() as app, app.open_uow(MARY) as uow:
        uow.stock.reserve(VALVE, RENO, quantity=30, reference="somebody-else")
    desk_world.decide(APPROVAL)

    again = advance(desk_world)

    assert again.standing is Standing.WAITING
    states = {approval.id: approval.state for approval in desk_world.approvals()}
    assert states[APPROVAL] is ApprovalState.STALE
    assert again.approval is not None
    assert states[again.approval] is ApprovalState.PENDING
    assert desk_world.effects()["executed"] == 0


def test_what_is_bought_is_ordered_at_the_supplier_once(desk_world: World) -> None:
    with desk_world.application() as app, app.open_uow(MARY) as uow:
        uow.stock.reserve(VALVE, RENO, quantity=50, reference="somebody-else")
    waiting = advance(desk_world)
    assert waiting.approval is not None
    desk_world.decide(waiting.approval)

    done = advance(desk_world)
    with worker(desk_world) as found:
        found.deliver()

    assert done.outcome == "verified"
    assert [(entry.verb, entry.supplier) for entry in desk_world.trade.journal] == [("place_order", "GULF")]


def test_all_checkpoints_dropped_leaves_approvals_listed_and_executes_once(desk_world: World) -> None:
    advance(desk_world)
    drop_checkpoints(desk_world)
    pending = [approval.state for approval in desk_world.approvals()]
    desk_world.decide(APPROVAL)

    with worker(desk_world) as found:
        swept, again = found.sweep(), found.sweep()

    assert pending == [ApprovalState.PENDING]
    assert (swept, again) == (("AP-1-1A",), ())
    assert desk_world.effects() == DONE
    assert state(desk_world) is CaseState.RESOLVED


def test_a_worker_without_checkpoints_takes_up_the_approval_it_finds(desk_world: World) -> None:
    advance(desk_world)
    drop_checkpoints(desk_world)

    waiting = advance(desk_world)
    drop_checkpoints(desk_world)
    desk_world.decide(APPROVAL)
    done = advance(desk_world)

    assert (waiting.standing, waiting.approval) == (Standing.WAITING, "AP-1-1A")
    assert done.outcome == "verified"
    assert desk_world.effects() == DONE


def test_a_run_whose_approval_was_swept_ends_without_a_second_effect(desk_world: World) -> None:
    advance(desk_world)
    desk_world.decide(APPROVAL)

    with worker(desk_world) as found:
        found.sweep()
        done = found.advance(CASE)

    assert (done.standing, done.outcome) == (Standing.CLOSED, "verified")
    assert desk_world.effects() == DONE


def test_upkeep_goes_on_with_every_run_that_is_kept(desk_world: World) -> None:
    advance(desk_world)
    desk_world.decide(APPROVAL)

    with worker(desk_world) as found:
        tended, again = found.tend(), found.tend()

    assert [(advanced.case, advanced.outcome) for advanced in tended] == [(CASE, "verified")]
    assert again == ()
    assert desk_world.effects() == DONE


def test_a_case_another_worker_has_is_left_alone(desk_world: World) -> None:
    with advisory_lock(desk_world.urls.app, f"case:{CASE}") as ours:
        found = advance(desk_world)

    assert ours
    assert found == Advance(case=CASE, standing=Standing.BUSY)
    assert desk_world.approvals() == ()


def test_workers_in_a_race_execute_once(desk_world: World) -> None:
    advance(desk_world)
    desk_world.decide(APPROVAL)
    found: list[Advance] = []
    ready = threading.Barrier(6)

    def run() -> None:
        with worker(desk_world) as mine:
            ready.wait()
            found.append(mine.advance(CASE))
            mine.sweep()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 6
    assert desk_world.effects() == DONE
    assert state(desk_world) is CaseState.RESOLVED


def test_a_run_of_another_version_is_begun_anew_and_keeps_its_approval(desk_world: World) -> None:
    advance(desk_world)
    with worker(desk_world) as found:
        config: RunnableConfig = {"configurable": {"thread_id": CASE}}
        found.graph.update_state(config, {"graph_version": 0}, as_node="request_approval")
        waiting = found.advance(CASE)

    assert (waiting.standing, waiting.approval) == (Standing.WAITING, "AP-1-1A")


def test_checkpoints_put_back_after_the_end_have_no_second_effect(desk_world: World) -> None:
    advance(desk_world)
    tables = ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
    in_checkpoints(desk_world, *(f"CREATE TABLE old_{table} AS TABLE {table}" for table in tables))
    desk_world.decide(APPROVAL)
    advance(desk_world)
    in_checkpoints(desk_world, *(f"INSERT INTO {table} SELECT * FROM old_{table}" for table in tables))

    again = advance(desk_world)

    assert (again.standing, again.outcome) == (Standing.CLOSED, "verified")
    assert desk_world.effects() == DONE


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE checkpoint_blobs SET blob = 'nonsense'",
        "UPDATE checkpoint_blobs SET blob = ''",
        "UPDATE checkpoint_blobs SET type = 'pickle'",
        "DELETE FROM checkpoint_blobs",
        "UPDATE checkpoint_writes SET blob = 'nonsense'",
        "DELETE FROM checkpoint_writes",
        "UPDATE checkpoints SET checkpoint = '{}'",
    ],
)
def test_checkpoints_that_were_tampered_with_are_begun_anew(desk_world: World, damage: str) -> None:
    advance(desk_world)
    in_checkpoints(desk_world, damage)
    desk_world.decide(APPROVAL)

    done = advance(desk_world)

    assert (done.standing, done.outcome) == (Standing.CLOSED, "verified")
    assert desk_world.effects() == DONE


def test_a_connection_that_broke_is_replaced(desk_world: World) -> None:
    with worker(desk_world) as found:
        found.advance(CASE)
        in_checkpoints(
            desk_world,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()",
        )
        desk_world.decide(APPROVAL)
        done = found.advance(CASE)

    assert done.outcome == "verified"


def test_an_unknown_case_is_said_to_be_unknown(desk_world: World) -> None:
    with worker(desk_world) as found, pytest.raises(NotFoundError, match="there is no case 'CASE-9'"):
        found.advance(CaseId("CASE-9"))


def test_the_agents_role_can_neither_decide_nor_execute(desk_world: World) -> None:
    advance(desk_world)

    with psycopg.connect(driver_conninfo(desk_world.urls.agent)) as connection:
        for statement in (
            "UPDATE approvals SET state = 'approved'",
            "INSERT INTO effect_ledger SELECT * FROM effect_ledger",
            "INSERT INTO outbox SELECT * FROM outbox",
            "UPDATE stock_balances SET on_hand = 0",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), connection.transaction():
                connection.execute(statement)


def test_preparing_checkpoints_again_changes_nothing(desk_world: World) -> None:
    advance(desk_world)

    prepare_checkpoints(desk_world.urls)

    assert kept_threads(desk_world) == [CASE]


def drop_checkpoints(world: World) -> None:
    in_checkpoints(world, "TRUNCATE checkpoints, checkpoint_blobs, checkpoint_writes")


def in_checkpoints(world: World, *statements: str) -> None:
    with psycopg.connect(driver_conninfo(world.urls.checkpoint)) as connection:
        for statement in statements:
            connection.execute(statement.encode())


def kept_threads(world: World) -> list[str]:
    with psycopg.connect(driver_conninfo(world.urls.checkpoint)) as connection:
        rows = connection.execute("SELECT DISTINCT thread_id FROM checkpoints").fetchall()
    return [str(row[0]) for row in rows]
