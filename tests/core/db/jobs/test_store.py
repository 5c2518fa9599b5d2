"""Jobs are asked for in the transaction of whoever asks, and each that is wanted once waits once."""

from datetime import timedelta

import psycopg
import pytest
from psycopg.rows import TupleRow

from core.db.roles import dsn_of
from core.domain.errors import NotFoundError
from core.domain.ids import CaseId
from core.domain.jobs import Deferral, JobId, JobName, JobState
from tests.builders import MARIA
from tests.desk import Desk

SCAN = Deferral(name=JobName.SCAN_INCREMENTAL, once=JobName.SCAN_INCREMENTAL)


def asked(desk: Desk, *wanted: Deferral) -> None:
    with desk.open(MARIA.name) as uow:
        for one in wanted:
            uow.jobs.defer(one)


def asked_in_vain(desk: Desk, wanted: Deferral) -> None:
    with desk.open(MARIA.name) as uow:
        uow.jobs.defer(wanted)
        uow.cases.get(CaseId("CASE-9"))


def waiting(desk: Desk) -> list[tuple[str, dict[str, object]]]:
    with desk.open(MARIA.name) as uow:
        return [(job.name, dict(job.args)) for job in uow.jobs.listed(JobState.WAITING, limit=10)]


def fetch(desk: Desk) -> psycopg.Connection[TupleRow]:
    """A worker that has taken a job, and not said so yet."""
    connection = psycopg.connect(dsn_of(desk.urls.app), options="-c search_path=jobs")
    connection.execute("SELECT * FROM procrastinate_fetch_job_v2(NULL, NULL)")
    return connection


def test_a_job_is_there_when_the_transaction_is_committed_and_not_when_it_is_rolled_back(desk: Desk) -> None:
    advance = Deferral(name=JobName.CASE_ADVANCE, args={"case": "CASE-1", "begin": True}, lock="case:CASE-1")

    asked(desk, advance)
    with pytest.raises(NotFoundError):
        asked_in_vain(desk, SCAN)

    assert waiting(desk) == [("case.advance", {"case": "CASE-1", "begin": True})]


def test_what_is_wanted_once_waits_once_and_is_brought_forward(desk: Desk) -> None:
    later = Deferral(name=SCAN.name, once=SCAN.once, after=timedelta(hours=1))

    asked(desk, later, later)
    with desk.open(MARIA.name) as uow:
        (before,) = uow.jobs.listed(JobState.WAITING, limit=10)
    asked(desk, later)
    asked(desk, SCAN)
    asked(desk, later)

    with desk.open(MARIA.name) as uow:
        (after,) = uow.jobs.listed(JobState.WAITING, limit=10)
        assert uow.jobs.counts()[JobState.WAITING] == 1
    assert before.at is not None
    assert (after.at, before.id) == (None, after.id)


def test_while_one_runs_another_may_wait(desk: Desk) -> None:
    asked(desk, SCAN)
    with fetch(desk) as worker:
        worker.commit()

    asked(desk, SCAN)

    with desk.open(MARIA.name) as uow:
        states = [job.state for job in uow.jobs.listed(limit=10)]
    assert states == [JobState.WAITING, JobState.RUNNING]


def test_a_job_somebody_asks_for_is_not_taken_before_they_are_done(desk: Desk) -> None:
    asked(desk, SCAN)
    with desk.open(MARIA.name) as uow:
        uow.jobs.defer(SCAN)
        uow.jobs.counts()  # written now, committed later
        with fetch(desk):
            assert uow.jobs.counts()[JobState.WAITING] == 1


def test_a_waiting_job_is_cancelled_once(desk: Desk) -> None:
    asked(desk, SCAN)

    with desk.open(MARIA.name) as uow:
        (job,) = uow.jobs.listed(limit=10)
        said = uow.jobs.cancel(job.id), uow.jobs.cancel(job.id), uow.jobs.cancel(JobId(10**9))
        assert uow.jobs.counts()[JobState.CANCELLED] == 1

    assert said == (True, False, False)
    assert waiting(desk) == []
