"""When scans are due next by the schedule, and whether the last one is older than it should be."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from croniter import croniter

from agents.worker.schedule import SCHEDULE
from core.domain.jobs import JobName

SCANNED_WITHIN = timedelta(hours=26)
"""A scan of all the books runs every night; a day and two hours later one was missed."""
SCANS = (JobName.SCAN_FULL, JobName.SCAN_INCREMENTAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A job of the schedule: its times as in `cron`, in UTC, and when it is due next."""

    name: JobName
    cron: str
    next_at: datetime


def scan_turns(now: datetime) -> tuple[Turn, ...]:
    """When the books are looked through next: all of them, and what changed."""
    return tuple(
        Turn(name=one.name, cron=one.cron, next_at=croniter(one.cron, now).get_next(datetime))
        for one in SCHEDULE
        if one.name in SCANS
    )


def missed(last: datetime | None, now: datetime) -> bool:
    """Whether a scan was due and none has run; not before there was a first one."""
    return last is not None and now - last > SCANNED_WITHIN
