"""Checkpoints nobody goes on with are forgotten; a run that waits keeps its bookmark however long that takes."""

from datetime import UTC, datetime, timedelta

import psycopg
from langgraph.checkpoint.base import BaseCheckpointSaver

from agents.worker.forgetting import all_over
from agents.worker.opening import open_worker
from agents.worker.shift import Shift, perform
from core.bootstrap.application import Application
from core.db.roles import dsn_of
from core.domain.jobs import JobName
from core.domain.retention import Passing, Terms
from core.domain.users import WORKER_NAME
from tests.agents.worker.test_running import shift
from tests.agents.worker.world import CASE, World

LATER = datetime(2999, 1, 1, tzinfo=UTC)  # checkpoints are dated by the clock on the wall, whatever the world's is
AT_ONCE, LONG = Terms(checkpoints=timedelta(0)), Terms(checkpoints=timedelta(days=365 * 980))


def threads_over(app: Application, saver: BaseCheckpointSaver[str], terms: Terms) -> int:
    with app.open_uow(WORKER_NAME) as uow:
        return all_over(uow, saver, terms)[Passing.CHECKPOINTS]


def test_a_run_that_waits_keeps_its_bookmark_and_one_of_a_closed_case_loses_it(desk_world: World) -> None:
    with desk_world.application(at=LATER) as app, open_worker(app) as worker:
        late = Shift(app=app, worker=worker, terms=LONG)
        with shift(desk_world) as mine:
            mine.worker.advance(CASE)
        found = [threads_over(app, worker.saver, AT_ONCE)]
        with psycopg.connect(dsn_of(desk_world.urls.app)) as app_role:
            app_role.execute("UPDATE cases SET state = 'auto-closed'")
        for args in ({}, {"at_once": True}):
            found += [threads_over(app, worker.saver, terms) for terms in (LONG, AT_ONCE)]
            perform(late, JobName.RETENTION, args)
        found += [threads_over(app, worker.saver, AT_ONCE)]

    assert found == [0, 0, 1, 0, 1, 0]
