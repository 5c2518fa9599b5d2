"""Lists of scans, audit records, jobs, users, versions of the policy, and packs that were loaded."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, Text, cast, column, func, select, table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from core.db.jobs.store import STATE_OF, STATES
from core.db.rows import AuditRow, FeedRow, PolicyRow, ScanRow, UserRow
from core.db.stores.listing.filtering import least, same, within
from core.db.stores.listing.keyset import Along, along, code, ordered, read_page
from core.domain.ids import UserName
from core.domain.jobs import Job, JobId, JobName, JobState
from core.domain.listing.paging import Page, Reading
from core.domain.listing.records import (
    AuditFilter,
    AuditSort,
    ImportFilter,
    JobFilter,
    ListedImport,
    ListedLink,
    ListedPolicy,
    ListedScan,
    ListedUser,
    PolicyFilter,
    RecordSort,
    ScanFilter,
    UserFilter,
    UserSort,
)
from core.domain.scopes import Scope
from core.domain.users import Role

_SCAN, _LINK, _USER, _POLICY, _FEED = ScanRow, AuditRow, UserRow, PolicyRow, FeedRow
_JOB = table(
    "procrastinate_jobs",
    column("id", BigInteger()),
    column("task_name", Text()),
    column("args", JSONB()),
    column("status", Text()),
    column("queue_name", Text()),
    column("lock", Text()),
    column("attempts", Integer()),
    column("scheduled_at", DateTime(timezone=True)),
    schema="jobs",
)
_EVENT = table(
    "procrastinate_events", column("job_id", BigInteger()), column("at", DateTime(timezone=True)), schema="jobs"
)
_STATUS = cast(_JOB.c.status, Text)
_CHANGED = select(func.max(_EVENT.c.at)).where(_EVENT.c.job_id == _JOB.c.id).correlate(_JOB).scalar_subquery()
_RECORDS: Mapping[RecordSort, tuple[Along, ...]] = {RecordSort.RECORDED: ()}
_LINKS: Mapping[AuditSort, tuple[Along, ...]] = {AuditSort.RECORDED: along(_LINK.recorded_at), AuditSort.SCOPE: ()}
_USERS: Mapping[UserSort, tuple[Along, ...]] = {UserSort.NAME: (), UserSort.ROLE: (code(_USER.role),)}


def scans(session: Session, wanted: ScanFilter, asked: Reading[RecordSort]) -> Page[ListedScan]:
    """Scans of the books."""
    query = select(_SCAN).where(least(_SCAN.recorded_at, wanted.scanned_since))
    return read_page(session, query, ordered(_RECORDS, asked, *along(_SCAN.id)), asked, _scan)


def links(session: Session, wanted: AuditFilter, asked: Reading[AuditSort]) -> Page[ListedLink]:
    """The audit log."""
    query = select(_LINK).where(
        same(_LINK.scope, wanted.scope),
        same(_LINK.event, wanted.event),
        same(_LINK.actor, wanted.actor),
        same(_LINK.subject, wanted.subject),
        within(_LINK.recorded_at, wanted.recorded_after, wanted.recorded_before),
    )
    order = ordered(_LINKS, asked, code(_LINK.scope), *along(_LINK.sequence))
    return read_page(session, query, order, asked, _link)


def jobs(session: Session, wanted: JobFilter, asked: Reading[RecordSort]) -> Page[Job]:
    """Work that was asked for; old jobs that ended are forgotten from time to time."""
    named = [wanted.name] if wanted.name else list(JobName)
    statuses = [one for state in ([wanted.state] if wanted.state else JobState) for one in STATES[state]]
    at = _JOB.c
    query = select(
        at.id, at.task_name, at.args, _STATUS, at.queue_name, at.lock, at.attempts, at.scheduled_at, _CHANGED
    ).where(at.task_name.in_([one.value for one in named]), _STATUS.in_(statuses))
    return read_page(session, query, ordered(_RECORDS, asked, *along(at.id)), asked, _job)


def users(session: Session, wanted: UserFilter, asked: Reading[UserSort]) -> Page[ListedUser]:
    """People and programs that may act."""
    query = select(_USER.name, _USER.role, _USER.active, _USER.person, _USER.sites, _USER.customers).where(
        same(_USER.role, wanted.role), same(_USER.active, wanted.active)
    )
    return read_page(session, query, ordered(_USERS, asked, code(_USER.name)), asked, _user)


def policies(session: Session, wanted: PolicyFilter, asked: Reading[RecordSort]) -> Page[ListedPolicy]:
    """Versions of the policy."""
    at = _POLICY
    query = select(at.number, at.version, at.reason, at.author, at.agreed_by, at.effective_at).where(
        same(at.author, wanted.author), least(at.effective_at, wanted.effective_since)
    )
    return read_page(session, query, ordered(_RECORDS, asked, *along(at.number)), asked, _policy)


def imports(session: Session, wanted: ImportFilter, asked: Reading[RecordSort]) -> Page[ListedImport]:
    """Packs that were loaded, and reconciled."""
    query = select(_FEED.id, _FEED.name, _FEED.as_of, _FEED.content_hash, _FEED.recorded_at).where(
        same(_FEED.content_hash, wanted.content_hash), least(_FEED.recorded_at, wanted.recorded_since)
    )
    return read_page(session, query, ordered(_RECORDS, asked, *along(_FEED.id)), asked, _import)


def _scan(row: ScanRow) -> ListedScan:
    return ListedScan(number=row.id, as_of=row.as_of, rules=row.rules, figures=row.figures, recorded_at=row.recorded_at)


def _link(row: AuditRow) -> ListedLink:
    return ListedLink(
        scope=row.scope,
        sequence=row.sequence,
        actor=UserName(row.actor),
        event=row.event,
        subject=row.subject,
        facts=row.facts,
        recorded_at=row.recorded_at,
        previous=row.previous,
        hash=row.hash,
    )


def _job(*found: Any) -> Job:
    number, name, args, status, queue, lock, attempts, at, changed_at = found
    return Job(
        id=JobId(number),
        name=JobName(name),
        args=args,
        state=STATE_OF[status],
        queue=queue,
        lock=lock,
        attempts=attempts,
        at=at,
        changed_at=changed_at,
    )


def _user(
    name: str, role: str, active: bool, person: str | None, sites: list[str] | None, customers: list[str] | None
) -> ListedUser:
    return ListedUser(
        name=UserName(name),
        role=Role(role),
        active=active,
        person=None if person is None else UserName(person),
        scope=Scope.of(sites, customers),
    )


def _policy(
    number: int, version: str, reason: str, author: str, agreed_by: str, effective_at: datetime
) -> ListedPolicy:
    return ListedPolicy(
        number=number,
        version=version,
        reason=reason,
        author=UserName(author),
        agreed_by=UserName(agreed_by),
        effective_at=effective_at,
    )


def _import(number: int, name: str, as_of: date, content_hash: str, recorded_at: datetime) -> ListedImport:
    return ListedImport(number=number, name=name, as_of=as_of, content_hash=content_hash, recorded_at=recorded_at)
