"""Jobs as rows of Procrastinate's tables, asked for in the transaction of whoever asks."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from core.db.transaction import Transaction
from core.domain.jobs import QUEUE_OF, Deferral, Job, JobId, JobName, JobState

_DEFERRED = "deferred"
# The job that waits already is locked until this transaction ends: no worker takes it before it can see what was done
# here. `priority` comes along so that who is urgent does not wait behind who was there first.
_DEFER = text("""
INSERT INTO jobs.procrastinate_jobs AS j (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
VALUES (:queue, :name, :priority, :lock, :once, CAST(:args AS jsonb), now() + CAST(:after AS interval))
ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE SET
    scheduled_at = CASE WHEN EXCLUDED.scheduled_at IS NULL OR j.scheduled_at IS NULL THEN NULL
                        ELSE LEAST(EXCLUDED.scheduled_at, j.scheduled_at) END,
    priority = GREATEST(EXCLUDED.priority, j.priority)""")
_SCAN = text("SELECT jobs.ask_for_scan(now() + CAST(:after AS interval))")
STATES: Mapping[JobState, tuple[str, ...]] = {
    JobState.WAITING: ("todo",),
    JobState.RUNNING: ("doing",),
    JobState.DONE: ("succeeded",),
    JobState.FAILED: ("failed",),
    JobState.CANCELLED: ("cancelled", "aborting", "aborted"),
}
STATE_OF = {theirs: state for state, all_theirs in STATES.items() for theirs in all_theirs}
_CANCEL = text("SELECT jobs.procrastinate_cancel_job_v1(:job, false, false)")
_COUNTS = text("SELECT status::text, count(*) FROM jobs.procrastinate_jobs GROUP BY 1")
_LISTED = text("""
SELECT j.id, j.task_name, j.args, j.status::text, j.queue_name, j.lock, j.attempts, j.scheduled_at,
    (SELECT max(e.at) FROM jobs.procrastinate_events e WHERE e.job_id = j.id) AS changed_at
FROM jobs.procrastinate_jobs j
WHERE j.status::text = ANY(CAST(:states AS text[])) AND j.task_name = ANY(CAST(:names AS text[]))
ORDER BY j.id DESC LIMIT :limit""")


@dataclass(frozen=True, slots=True)
class SqlJobStore:
    """Jobs of this transaction."""

    transaction: Transaction

    def defer(self, wanted: Deferral, /) -> None:
        """Ask for work; it is written when the transaction commits, or when somebody looks at the jobs."""
        defer(self.transaction, wanted)

    def cancel(self, job: JobId, /) -> bool:
        """Whether the job was waiting, and now never runs."""
        write_deferred(self.transaction.session)
        return self.transaction.session.scalar(_CANCEL, {"job": job}) is not None

    def listed(self, *states: JobState, limit: int) -> tuple[Job, ...]:
        """The newest jobs in these states, in any where none is named."""
        write_deferred(self.transaction.session)
        theirs = [name for state in states or JobState for name in STATES[state]]
        given = {"states": theirs, "names": [*JobName], "limit": limit}
        return tuple(_job(row) for row in self.transaction.session.execute(_LISTED, given))

    def counts(self) -> Mapping[JobState, int]:
        """How many jobs are in each state; old ones that ended are forgotten from time to time."""
        write_deferred(self.transaction.session)
        found = dict.fromkeys(JobState, 0)
        for status, count in self.transaction.session.execute(_COUNTS):
            found[STATE_OF[status]] += count
        return found


def defer(transaction: Transaction, wanted: Deferral) -> None:
    """Ask for work; it is written when the transaction commits."""
    _deferred(transaction.session).append(wanted)


def write_deferred(session: Session) -> None:
    """Write what was deferred, each wanted once once, in the order of those names: two that ask for the same jobs do
    not lock each other out."""
    wanted = _deferred(session)
    for one in sorted(_first_of_each(wanted), key=_turn):
        if one.once == JobName.SCAN_INCREMENTAL:
            session.execute(_SCAN, {"after": one.after})
        else:
            session.execute(_DEFER, _values(one))
    wanted.clear()


def _first_of_each(wanted: Iterable[Deferral]) -> list[Deferral]:
    found: dict[str | int, Deferral] = {}
    for at, one in enumerate(wanted):
        found.setdefault(at if one.once is None else one.once, one)
    return list(found.values())


def _turn(one: Deferral) -> str:
    return one.once or ""


def _values(one: Deferral) -> dict[str, object]:
    return {
        "queue": QUEUE_OF[one.name],
        "name": one.name.value,
        "priority": one.priority,
        "lock": one.lock,
        "once": one.once,
        "args": json.dumps(dict(one.args), sort_keys=True),
        "after": one.after,
    }


def _job(row: Row[Any]) -> Job:
    return Job(
        id=JobId(row.id),
        name=JobName(row.task_name),
        args=row.args,
        state=STATE_OF[row.status],
        queue=row.queue_name,
        lock=row.lock,
        attempts=row.attempts,
        at=row.scheduled_at,
        changed_at=row.changed_at,
    )


def _deferred(session: Session) -> list[Deferral]:
    """What was asked for and is not written yet."""
    return session.info.setdefault(_DEFERRED, [])
