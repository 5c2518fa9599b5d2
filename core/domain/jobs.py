"""Jobs: work that is done soon by any worker, and how far each has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

JobId = NewType("JobId", int)
CASES, DELIVERY, UPKEEP = "cases", "delivery", "upkeep"
QUEUES = (CASES, DELIVERY, UPKEEP)


class JobName(StrEnum):
    """Every job there is; the queue it waits in is QUEUE_OF it."""

    SCAN_FULL = "scan.full"
    SCAN_INCREMENTAL = "scan.incremental"
    CASE_ADVANCE = "case.advance"
    OUTBOX_DELIVER = "outbox.deliver"
    MAILBOX_POLL = "mailbox.poll"
    TAKE_IN = "intake.take_in"
    LETTER_SEND = "letters.send"
    LETTERS_TEND = "letters.tend"
    NEGOTIATE = "negotiations.advance"
    DIGEST_SEND = "digest.send"
    SHIPMENT_TELL = "shipment.tell"
    UPKEEP_TEND = "upkeep.tend"
    REAP = "jobs.reap"
    FORGET = "jobs.forget"
    RETENTION = "retention.forget"
    APPROVALS_EXPIRE = "approvals.expire"
    WEBHOOKS_DELIVER = "webhooks.deliver"
    HOOKS_TAKE = "hooks.take"


QUEUE_OF: Mapping[JobName, str] = {
    JobName.SCAN_FULL: CASES,
    JobName.SCAN_INCREMENTAL: CASES,
    JobName.CASE_ADVANCE: CASES,
    JobName.TAKE_IN: CASES,
    JobName.LETTER_SEND: DELIVERY,
    JobName.LETTERS_TEND: UPKEEP,
    JobName.NEGOTIATE: DELIVERY,
    JobName.OUTBOX_DELIVER: DELIVERY,
    JobName.MAILBOX_POLL: DELIVERY,
    JobName.DIGEST_SEND: DELIVERY,
    JobName.SHIPMENT_TELL: DELIVERY,
    JobName.UPKEEP_TEND: UPKEEP,
    JobName.REAP: UPKEEP,
    JobName.FORGET: UPKEEP,
    JobName.RETENTION: UPKEEP,
    JobName.APPROVALS_EXPIRE: UPKEEP,
    JobName.WEBHOOKS_DELIVER: DELIVERY,
    JobName.HOOKS_TAKE: DELIVERY,
}


class JobState(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral:
    """Work to be done soon, or not before `after` has passed on the database's clock.

    Of those with one `lock` one runs at a time, in the order they were asked for. Of those with one `once` one waits at
    a time: asking again while it waits changes nothing but brings it forward. `args` are JSON values.
    """

    name: JobName
    args: Mapping[str, str | int | bool] = field(default_factory=dict[str, str | int | bool])
    lock: str | None = None
    once: str | None = None
    after: timedelta | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as it stands. `attempts` counts how often it was begun and did not end; times are the database's."""

    id: JobId
    name: JobName
    args: Mapping[str, str | int | bool]
    state: JobState
    queue: str
    lock: str | None
    attempts: int
    at: datetime | None
    changed_at: datetime
