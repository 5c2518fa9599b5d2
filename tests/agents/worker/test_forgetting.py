"""Checkpoints nobody goes on with are forgotten; a run that waits keeps its bookmark however long that takes."""

from datetime import timedelta

import psycopg
from langgraph.checkpoint.base import BaseCheckpointSaver

from agents.worker.forgetting import all_over, forget_all
from core.bootstrap.application import Application
from core.db.roles import dsn_of
from core.domain.retention import Passing, Terms
from core.domain.users import WORKER_NAME
from tests.agents.worker.test_running import shift
from tests.agents.worker.world import CASE, World

NOT_A_MOMENT = Terms(checkpoints=timedelta(days=-9999))


def threads_over(app: Application, saver: BaseCheckpointSaver[str], terms: Terms) -> int:
    with app.open_uow(WORKER_NAME) as uow:
        return all_over(uow, saver, terms)[Passing.CHECKPOINTS]


def test_a_run_that_waits_keeps_its_bookmark_and_one_of_a_closed_case_loses_it(desk_world: World) -> None:
    with shift(desk_world) as mine:
        worker, app = mine.worker, mine.app
        worker.advance(CASE)
        kept = [threads_over(app, worker.saver, NOT_A_MOMENT)]
        with psycopg.connect(dsn_of(desk_world.urls.app)) as app_role:
            app_role.execute("UPDATE cases SET state = 'auto-closed'")
        kept += [threads_over(app, worker.saver, terms) for terms in (Terms(), NOT_A_MOMENT)]
        done = [
            forget_all(app.open_uow, worker.saver, NOT_A_MOMENT, lock_url=app.urls.app)[Passing.CHECKPOINTS]
            for _ in range(2)
        ]

    assert (kept, done) == ([0, 0, 1], [1, 0])
