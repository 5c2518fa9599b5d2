"""Letting people and programs in: sessions, API keys, logins of the company, links to an order's status."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from core.domain.errors import AuthenticationError, InvalidValueError, NotAuthorisedError, NotFoundError
from core.domain.identity import (
    LONGEST_KEY_LIFE,
    LONGEST_LINK_LIFE,
    SESSION_LIFETIME,
    ApiKey,
    Identity,
    KeyId,
    LinkId,
    Means,
    Principal,
    Session,
    StatusLink,
    principal_by_key,
    principal_of,
)
from core.domain.ids import OrderNo, UserName
from core.domain.permissions import FOR_PEOPLE_ONLY, MAY, Permission
from core.domain.scopes import WHOLE, Scope
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.accounts import authenticate_token, check_codes

SESSION_PREFIX, KEY_PREFIX, LINK_PREFIX = "exs_", "exk_", "exl_"
LONGEST_NAME = 100
MOST_PER_MINUTE, MOST_PER_DAY = 100_000, 10_000_000
SEEN_EVERY = timedelta(minutes=1)
_TEXT = re.compile(r"[^\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeKey:
    """A key that is wanted for a machine: whose it is, what it may do, how much it sees, how long it counts."""

    owner: UserName
    name: str
    permissions: frozenset[Permission]
    scope: Scope = WHOLE
    life: timedelta = timedelta(days=90)
    per_minute: int = 120
    per_day: int = 20_000


def begin_session(uow: UnitOfWork, user: User, *, token: str) -> Session:
    """Let a person who proved who they are in; `token` is random text made at the edge, shown this once."""
    _check_admitted(user, programs=False)
    session = Session(user=user.name, started_at=uow.now, seen_at=uow.now, expires_at=uow.now + SESSION_LIFETIME)
    uow.identity.begin_session(session, token_hash=secret_hash(token))
    return session


def end_session(uow: UnitOfWork, token: str) -> None:
    """Sign out; a session that is not known is no error."""
    uow.identity.end_session(secret_hash(token))


def recognised(uow: UnitOfWork, token: str) -> Principal:
    """Who a bearer token belongs to, by what it begins with; AuthenticationError for any other text, and for those who
    may not act any more. That a session or key is in use is written down once a minute."""
    if token.startswith(SESSION_PREFIX):
        return _by_session(uow, token)
    if token.startswith(KEY_PREFIX):
        return _by_key(uow, token)
    return principal_of(authenticate_token(uow, token), Means.TOKEN)


def by_login(uow: UnitOfWork, *, issuer: str, subject: str, called: str | None = None) -> User:
    """The person a company's login says somebody is. `called` is the name the login gives, where it is trusted to name
    people here: then somebody not linked yet is linked, unless the name is linked to another of that login already, for
    names are given anew when people leave. NotAuthorisedError for somebody nobody knows."""
    known = uow.identity.linked(issuer, subject)
    if known is None and called is not None and _free(uow, UserName(called), issuer):
        user = uow.users.get(UserName(called))
        _check_admitted(user, programs=False)
        known = Identity(issuer=issuer, subject=subject, user=user.name, linked_at=uow.now)
        uow.identity.link(known)
    if known is None:
        raise NotAuthorisedError(
            f"nobody here is known as {subject!r} of {issuer}; an administrator links the two:"
            " `expediter users link NAME --issuer ISSUER --subject SUBJECT`",
            issuer=issuer,
            subject=subject,
        )
    user = uow.users.get(known.user)
    _check_admitted(user, programs=False)
    return user


def link_login(uow: UnitOfWork, name: UserName, *, issuer: str, subject: str) -> Identity:
    """Say that somebody of a company's login is this person; ConflictError where it is said to be another."""
    user = uow.users.get(name)
    if not user.is_person:
        raise InvalidValueError(f"{name!r} is a program; only people sign in", field="name")
    for field, value in (("issuer", issuer), ("subject", subject)):
        if not _TEXT.fullmatch(value) or len(value) > 500:
            raise InvalidValueError(f"{field} {value[:80]!r} is not one; accepted are 1 to 500 characters", field=field)
    identity = Identity(issuer=issuer, subject=subject, user=name, linked_at=uow.now)
    uow.identity.link(identity)
    return identity


def unlink_login(uow: UnitOfWork, *, issuer: str, subject: str) -> UserName:
    """Take that back; whoever is signed in by it stays no longer."""
    name = uow.identity.unlink(issuer, subject)
    if name is None:
        raise NotFoundError(f"nobody is linked to {subject!r} of {issuer}")
    uow.identity.end_sessions_of(name)
    return name


def make_key(uow: UnitOfWork, wanted: MakeKey, *, id: KeyId, secret: str) -> ApiKey:
    """A key; `secret` is random text made at the edge, of which the books keep a hash. It may no more than its owner.

    InvalidValueError where it is to do more, or to count for longer than a year; NotFoundError for a site or customer
    that is not there.
    """
    owner = uow.users.get(wanted.owner)
    _check_key(wanted, owner)
    check_codes(uow, wanted.scope)
    key = ApiKey(
        id=id,
        owner=owner.name,
        name=wanted.name,
        permissions=wanted.permissions,
        scope=wanted.scope.within(owner.scope),
        per_minute=wanted.per_minute,
        per_day=wanted.per_day,
        created_by=uow.actor,
        created_at=uow.now,
        expires_at=uow.now + wanted.life,
    )
    uow.identity.add_key(key, secret_hash=secret_hash(key_text(id, secret)))
    return key


def revoke_key(uow: UnitOfWork, key: KeyId) -> ApiKey:
    """The key counts no more; doing it again changes nothing."""
    uow.identity.revoke_key(key)
    return uow.identity.key(key)


def make_status_link(uow: UnitOfWork, order: OrderNo, *, id: LinkId, token: str, life: timedelta) -> StatusLink:
    """A link that shows how one order stands to whoever has it, until it ends or is revoked."""
    if not timedelta(0) < life <= LONGEST_LINK_LIFE:
        accepted = f"accepted are 1 to {LONGEST_LINK_LIFE.days} days"
        raise InvalidValueError(f"a link for {life.days} days is none; {accepted}", field="days")
    link = StatusLink(id=id, order=order, created_by=uow.actor, created_at=uow.now, expires_at=uow.now + life)
    uow.identity.add_status_link(link, token_hash=secret_hash(token))
    return link


def shown_by_link(uow: UnitOfWork, token: str) -> OrderNo:
    """The order a link shows; NotFoundError, the same for all that show nothing."""
    link = uow.identity.status_link_by_token(secret_hash(token))
    if link is None or link.ended(uow.now):
        raise NotFoundError("this link shows nothing, or no longer")
    return link.order


def key_text(id: KeyId, secret: str) -> str:
    """A key as it is sent."""
    return f"{KEY_PREFIX}{id}_{secret}"


def secret_hash(text: str) -> str:
    """A secret as the books keep it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _by_session(uow: UnitOfWork, token: str) -> Principal:
    hashed = secret_hash(token)
    session = uow.identity.session(hashed)
    if session is None or session.ended(uow.now):
        raise AuthenticationError("the session is not known, or has ended; sign in again")
    user = uow.users.get(session.user)
    _check_admitted(user, programs=False)
    if uow.now - session.seen_at >= SEEN_EVERY:
        uow.identity.session_seen(hashed)
    return principal_of(user, Means.SESSION)


def _by_key(uow: UnitOfWork, token: str) -> Principal:
    key = uow.identity.key_by_secret(secret_hash(token))
    if key is None or key.ended(uow.now):
        raise AuthenticationError("the API key is not known, or counts no more; an administrator makes another")
    owner = uow.users.get(key.owner)
    _check_admitted(owner, programs=True)
    if key.last_used_at is None or uow.now - key.last_used_at >= SEEN_EVERY:
        uow.identity.key_used(key.id)
    return principal_by_key(owner, key)


def _free(uow: UnitOfWork, name: UserName, issuer: str) -> bool:
    return uow.users.known(name) and all(one.issuer != issuer for one in uow.identity.identities(name))


def _check_admitted(user: User, *, programs: bool) -> None:
    if not user.active or not (programs or user.is_person):
        raise AuthenticationError(f"{user.name!r} may not act here, or no longer; an administrator can change that")


def _check_key(wanted: MakeKey, owner: User) -> None:
    if not _TEXT.fullmatch(wanted.name) or len(wanted.name) > LONGEST_NAME:
        accepted = f"accepted are 1 to {LONGEST_NAME} characters"
        raise InvalidValueError(f"name {wanted.name[:80]!r} of a key is not one; {accepted}", field="name")
    if not wanted.permissions:
        raise InvalidValueError("a key without permissions does nothing; name some", field="permissions")
    _check_permissions(wanted.permissions & FOR_PEOPLE_ONLY, "are for people themselves, never for a key")
    _check_permissions(wanted.permissions - MAY[owner.role], f"are not {owner.name!r}'s ({owner.role.value})")
    if _beyond(wanted.scope.sites, owner.scope.sites) or _beyond(wanted.scope.customers, owner.scope.customers):
        raise InvalidValueError(f"a key of {owner.name!r} sees at most {owner.scope.words}", field="scope")
    if not timedelta(0) < wanted.life <= LONGEST_KEY_LIFE:
        accepted = f"accepted are 1 to {LONGEST_KEY_LIFE.days} days"
        raise InvalidValueError(f"a key for {wanted.life.days} days is none; {accepted}", field="days")
    for field, value, most in (
        ("per_minute", wanted.per_minute, MOST_PER_MINUTE),
        ("per_day", wanted.per_day, MOST_PER_DAY),
    ):
        if not 0 < value <= most:
            raise InvalidValueError(f"{field} {value} is out of reach; accepted are 1 to {most:,}", field=field)


def _beyond(wanted: frozenset[str] | None, seen: frozenset[str] | None) -> bool:
    return wanted is not None and seen is not None and not wanted <= seen


def _check_permissions(too_much: Collection[Permission], why: str) -> None:
    if too_much:
        raise InvalidValueError(f"{', '.join(sorted(too_much))} {why}", field="permissions")
