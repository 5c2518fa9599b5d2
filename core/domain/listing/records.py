"""Lists of records: scans, audit, jobs, users, versions of the policy, and packs that were loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.ids import UserName
from core.domain.jobs import JobName, JobState
from core.domain.scopes import Scope
from core.domain.users import Role


class RecordSort(StrEnum):
    """Records come in the order they were made."""

    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFilter:
    """Which scans are wanted."""

    scanned_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedScan:
    """A scan: the business date, what it assumed and what it counted."""

    number: int
    as_of: date
    rules: Mapping[str, object]
    figures: Mapping[str, object]
    recorded_at: datetime


class AuditSort(StrEnum):
    """What audit records may be sorted by: when they were made, or their place in the chain of their scope."""

    RECORDED = "recorded"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which audit records are wanted; `scope` is one thing, such as `order:SO-1`."""

    scope: str | None = None
    event: str | None = None
    actor: UserName | None = None
    subject: str | None = None
    recorded_after: datetime | None = None
    recorded_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLink:
    """A link of the audit chain of a scope, `facts` as the JSON it was hashed with."""

    scope: str
    sequence: int
    actor: UserName
    event: str
    subject: str
    facts: str
    recorded_at: datetime
    previous: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFilter:
    """Which jobs are wanted."""

    name: JobName | None = None
    state: JobState | None = None


class UserSort(StrEnum):
    """What users may be sorted by."""

    NAME = "name"
    ROLE = "role"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserFilter:
    """Which users are wanted, people and programs."""

    role: Role | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedUser:
    """A user without secrets."""

    name: UserName
    role: Role
    active: bool
    person: UserName | None
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFilter:
    """Which versions of the policy are wanted."""

    author: UserName | None = None
    effective_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPolicy:
    """A version of the policy, without the policy."""

    number: int
    version: str
    reason: str
    author: UserName
    agreed_by: UserName
    effective_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFilter:
    """Which packs that were loaded are wanted."""

    content_hash: str | None = None
    recorded_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedImport:
    """A pack that was loaded or reconciled."""

    number: int
    name: str
    as_of: date
    content_hash: str
    recorded_at: datetime
