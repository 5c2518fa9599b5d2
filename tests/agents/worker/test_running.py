"""Jobs on a real queue: a case goes from scan to execution by jobs alone, and who waits for people holds no worker."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest

from agents.worker.opening import open_worker
from agents.worker.running import Station, Terms, queue_of, reap, working
from agents.worker.schedule import Scheduled
from agents.worker.shift import TRIES, Shift, perform
from core.bootstrap.channels import Channels
from core.db.roles import dsn_of
from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.ids import CaseId
from core.domain.jobs import Deferral, Job, JobName, JobState
from core.domain.notices import Event
from core.services.deferring import advance_soon
from tests.agents.worker.test_worker import DONE, NOTHING, state
from tests.agents.worker.world import APPROVAL, CASE, MARY, World
from tests.board import Board

QUIET = Terms(schedule=(), polling=0.2)


@contextmanager
def shift(world: World) -> Iterator[Shift]:
    with world.application() as app, open_worker(app) as worker:
        yield Shift(app=app, worker=worker)


def defer(world: World, *wanted: Deferral) -> None:
    with world.application() as app, app.open_uow(MARY) as uow:
        for one in wanted:
            uow.jobs.defer(one)


def jobs(world: World) -> dict[str, list[str]]:
    """The names of the jobs by state, oldest first."""
    found: dict[str, list[str]] = {}
    for job in reversed(listed(world)):
        found.setdefault(job.state.value, []).append(job.name.value)
    return found


def listed(world: World) -> tuple[Job, ...]:
    with world.application() as app, app.open_uow(MARY) as uow:
        return uow.jobs.listed(limit=50)


def test_jobs_alone_take_a_case_from_the_scan_to_the_question_and_from_the_answer_to_the_end(desk_world: World) -> None:
    board = Board()
    channels = Channels(notices=board, subscriptions={"ops": frozenset(Event)})
    defer(desk_world, Deferral(name=JobName.SCAN_INCREMENTAL))
    with shift(desk_world) as mine:
        Station(replace(mine, channels=channels), QUIET).run(once=True)

    assert [approval.state for approval in desk_world.approvals()] == [ApprovalState.PENDING]
    assert desk_world.effects() == NOTHING
    assert jobs(desk_world) == {"done": ["scan.incremental", "case.advance", "outbox.deliver"]}

    desk_world.decide(APPROVAL)
    assert jobs(desk_world)["waiting"] == ["case.advance"]
    with shift(desk_world) as mine:
        Station(replace(mine, channels=channels), QUIET).run(once=True)

    assert (state(desk_world), desk_world.effects()) == (CaseState.RESOLVED, DONE)
    assert [subject.partition(":")[0] for _, subject, _ in board.shown] == ["CASE-1 needs a decision", "CASE-1"]
    assert jobs(desk_world).keys() == {"done"}


def test_a_case_that_fails_is_tried_again_later_and_then_left_to_a_person(desk_world: World) -> None:
    unknown = {"case": "CASE-9", "begin": True, "attempt": TRIES - 2}
    with shift(desk_world) as mine:
        with pytest.raises(Exception, match="there is no case 'CASE-9'"):
            perform(mine, JobName.CASE_ADVANCE, unknown)
        (later,) = listed(desk_world)
        with pytest.raises(Exception, match="there is no case 'CASE-9'"):
            perform(mine, JobName.CASE_ADVANCE, later.args)

    with desk_world.application() as app, app.open_uow(MARY) as uow:
        assert [task.subject for task in uow.tasks.listed()] == ["job CASE-9"]
    assert (len(listed(desk_world)), later.args["attempt"], later.at is not None) == (1, TRIES - 1, True)


def test_a_worker_that_is_to_stop_leaves_its_case_to_the_next(desk_world: World) -> None:
    with shift(desk_world) as mine:
        mine.worker.draining.ask()
        perform(mine, JobName.CASE_ADVANCE, {"case": CASE, "begin": True})
    assert desk_world.approvals() == ()

    with shift(desk_world) as another:
        Station(another, QUIET).run(once=True)
    assert [approval.state for approval in desk_world.approvals()] == [ApprovalState.PENDING]


def test_the_jobs_of_a_dead_worker_are_given_to_others(desk_world: World) -> None:
    """Also when the same thing waits already, which the queue itself refuses (its issue 1543)."""
    other = CaseId("CASE-2")
    with desk_world.application() as app, app.open_uow(MARY) as uow:
        advance_soon(uow, CASE, begin=False)
        advance_soon(uow, other, begin=False)
    with psycopg.connect(dsn_of(desk_world.urls.app), options="-c search_path=jobs") as dead:
        dead.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
        for _ in range(2):
            dead.execute("SELECT procrastinate_fetch_job_v2(NULL, (SELECT max(id) FROM procrastinate_workers))")
    with desk_world.application() as app, app.open_uow(MARY) as uow:
        advance_soon(uow, other, begin=False)

    with shift(desk_world) as mine:
        assert asyncio.run(reaped(mine)) == [2, 0]

    states = sorted((job.args["case"], job.state) for job in listed(desk_world))
    assert states == [(CASE, JobState.WAITING), (other, JobState.CANCELLED), (other, JobState.WAITING)]


async def reaped(mine: Shift) -> list[int]:
    app = queue_of(mine, QUIET)
    async with app.open_async():
        return [await reap(app, 60), await reap(app, 60)]


def test_upkeep_goes_on_with_runs_that_wait_for_nobody_and_leaves_those_that_wait_for_people(desk_world: World) -> None:
    with shift(desk_world) as mine:
        mine.worker.advance(CASE)
        perform(mine, JobName.UPKEEP_TEND, {})
        before = jobs(desk_world)
        desk_world.decide(APPROVAL)
        unattended = mine.worker.unattended()

    assert (before, unattended) == ({}, (CASE,))


def test_the_schedule_is_kept_by_a_worker_in_a_thread_until_it_is_told_to_stop(desk_world: World) -> None:
    seconds = Scheduled(name=JobName.APPROVALS_EXPIRE, cron="* * * * * *")
    with shift(desk_world) as mine, working(mine, replace(QUIET, schedule=(seconds,))):
        for _ in range(100):
            if JobState.DONE in {job.state for job in listed(desk_world)}:
                break
            threading.Event().wait(0.1)

    assert set(jobs(desk_world)["done"]) == {"approvals.expire"}


def test_a_mail_is_handed_to_the_reader_and_one_it_cannot_read_to_a_person(desk_world: World) -> None:
    read: list[bytes] = []
    with desk_world.application() as app, app.open_uow(MARY) as uow:
        mail = str(uow.mails.keep(b"Subject: order", message_id=""))

    with shift(desk_world) as mine:
        perform(replace(mine, take_in=lambda raw, _: read.append(raw)), JobName.TAKE_IN, {"mail": mail})
        perform(mine, JobName.TAKE_IN, {"mail": mail})

    with desk_world.application() as app, app.open_uow(MARY) as uow:
        assert [task.subject for task in uow.tasks.listed()] == [f"mail {mail[:16]}"]
    assert read == [b"Subject: order"]


def test_letters_are_looked_after_by_a_job(desk_world: World) -> None:
    seen: list[str] = []
    with shift(desk_world) as mine:
        perform(replace(mine, tend_letters=lambda: seen.append("letters")), JobName.LETTERS_TEND, {})
        perform(mine, JobName.LETTERS_TEND, {})

    assert seen == ["letters"]
