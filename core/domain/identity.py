"""Who stands at a door: by a session, an API key or a login of the company, with what rights, seeing how much."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from core.domain.ids import OrderNo, UserName
from core.domain.permissions import FOR_PEOPLE_ONLY, MAY, Permission
from core.domain.scopes import WHOLE, Scope
from core.domain.users import User

KeyId = NewType("KeyId", str)
LinkId = NewType("LinkId", str)
SESSION_LIFETIME = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
LONGEST_KEY_LIFE = timedelta(days=366)
LONGEST_LINK_LIFE = timedelta(days=180)


class Means(StrEnum):
    """How somebody proved who they are."""

    SESSION = "session"
    KEY = "key"
    TOKEN = "token"  # noqa: S105 - a kind, no secret
    LOGIN = "login"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in person: until when at the latest, and when it was last used."""

    user: UserName
    started_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None

    def ended(self, now: datetime) -> bool:
        """Whether it counts no more: signed out, too old, or not used for too long."""
        return self.ended_at is not None or now >= self.expires_at or now >= self.seen_at + SESSION_IDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key for a machine. It acts as its owner, with no more than these permissions and this scope, so many calls a
    minute and so much work a day."""

    id: KeyId
    owner: UserName
    name: str
    permissions: frozenset[Permission]
    scope: Scope
    per_minute: int
    per_day: int
    created_by: UserName
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None

    def ended(self, now: datetime) -> bool:
        """Whether it counts no more."""
        return self.revoked_at is not None or now >= self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody known to a company's login, and who that is here."""

    issuer: str
    subject: str
    user: UserName
    linked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusLink:
    """A link under which anybody who has it sees how one order stands, and nothing else."""

    id: LinkId
    order: OrderNo
    created_by: UserName
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None

    def ended(self, now: datetime) -> bool:
        """Whether it shows nothing any more."""
        return self.revoked_at is not None or now >= self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody at a door, recognised: the person or program, how it was proven, and what follows from that."""

    user: User
    means: Means
    permissions: frozenset[Permission]
    scope: Scope = WHOLE
    key: ApiKey | None = field(default=None)

    @property
    def name(self) -> UserName:
        """Under which name it acts."""
        return self.user.name

    def may(self, permission: Permission) -> bool:
        """Whether it may."""
        return permission in self.permissions


def principal_of(user: User, means: Means) -> Principal:
    """A person or program with all its role allows."""
    return Principal(user=user, means=means, permissions=MAY[user.role], scope=user.scope)


def principal_by_key(user: User, key: ApiKey) -> Principal:
    """The owner of a key with what the key allows of it: nothing that is for people themselves."""
    return Principal(
        user=user,
        means=Means.KEY,
        permissions=(MAY[user.role] & key.permissions) - FOR_PEOPLE_ONLY,
        scope=user.scope.within(key.scope),
        key=key,
    )
