"""What is done at which times, as data. Every worker knows it; the database asks for each turn once."""

from dataclasses import dataclass

from core.domain.jobs import JobName


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A job at the times of `cron`: minute, hour, day, month, weekday, and seconds as a sixth field; UTC. A worker that
    was down catches up on what was due in the last ten minutes. Of those with one `lock` one runs at a time."""

    name: JobName
    cron: str
    lock: str | None = None


SCHEDULE = (
    Scheduled(name=JobName.SCAN_FULL, cron="30 1 * * *", lock="scan"),
    Scheduled(name=JobName.SCAN_INCREMENTAL, cron="*/5 * * * *", lock="scan"),
    Scheduled(name=JobName.OUTBOX_DELIVER, cron="* * * * *"),
    Scheduled(name=JobName.MAILBOX_POLL, cron="*/2 * * * *", lock="mailbox"),
    Scheduled(name=JobName.DIGEST_SEND, cron="0 * * * *"),
    Scheduled(name=JobName.UPKEEP_TEND, cron="* * * * *", lock="upkeep"),
    Scheduled(name=JobName.LETTERS_TEND, cron="20 * * * *", lock="letters"),
    Scheduled(name=JobName.REAP, cron="* * * * *"),
    Scheduled(name=JobName.FORGET, cron="50 1 * * *"),
    Scheduled(name=JobName.RETENTION, cron="10 2 * * *", lock="retention"),
    Scheduled(name=JobName.APPROVALS_EXPIRE, cron="*/10 * * * *"),
    Scheduled(name=JobName.WEBHOOKS_DELIVER, cron="* * * * * */15", lock="webhooks"),
    Scheduled(name=JobName.HOOKS_TAKE, cron="* * * * *", lock="hooks"),
)
