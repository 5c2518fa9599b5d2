"""People and how they prove who they are: a token kept in a file, or a password."""

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.checking_values import checked_value
from core.domain.errors import AuthenticationError, ConflictError, InvalidValueError, NotFoundError
from core.domain.ids import CustomerCode, UserName
from core.domain.master_data import MAY_CHANGE, MasterDataKind, MasterDataRequest
from core.domain.scopes import Scope
from core.domain.showing import shown
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User
from core.ports.storage import UnitOfWork
from core.services.agreeing import settle

SHORTEST_PASSWORD = 10
_NAME = re.compile(r"[a-z][a-z0-9._-]{1,62}")
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P, _SCRYPT_MEMORY = 2**14, 8, 1, 64 * 1024 * 1024
_REFUSED = "the name or the secret is not right"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetIn:
    """A person who is to act here, in this role and up to this limit; `person` is the account of the same human being
    that came first, if there is one; `sites` and `customers` are all that it sees, None for all there are."""

    name: UserName
    role: Role
    limit: Decimal | None
    person: UserName | None = None
    sites: tuple[str, ...] | None = None
    customers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeToPerson:
    """Another person's word on letting somebody act here; `digest` is that of the request that was looked at."""

    key: str
    name: UserName
    digest: str
    agree: bool
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDecided:
    """Whether the person may act here now."""

    name: UserName
    active: bool


def add_user(uow: UnitOfWork, user: User, *, token: str, password_hash: str | None = None) -> User:
    """A new person. `token` is random text made at the edge and shown this once; ConflictError for a taken name.

    While the books are set up the person may act at once; afterwards another person has to agree to it first.
    """
    if type(user) is User and type(user.name) is str and not _NAME.fullmatch(user.name):
        accepted = "is not of the form 'maria.lopez' (a-z, 0-9, '.', '_', '-')"
        raise InvalidValueError(f"user name {shown(user.name)} {accepted}", field="name")
    checked_value(user, User, name="user")
    if user.limit is not None and user.limit < 0:
        raise InvalidValueError(f"a limit of {user.limit} is none; accepted are 0 or more, or no limit", field="limit")
    checked_value(token, str, name="token")
    checked_value(password_hash, str | None, name="password_hash")
    check_codes(uow, user.scope)
    if user.person is not None:
        user = replace(user, person=uow.users.get(user.person).human)
    waits = user.active and user.is_person and uow.master_data.somebody_may_agree()
    added = replace(user, active=user.active and not waits)
    uow.users.add(added, password_hash=password_hash, token_hash=_token_hash(token))
    if waits:
        _ask(uow, added)
    return added


def add_programs(uow: UnitOfWork) -> None:
    """The agent and the worker: known by name, with no way to log in."""
    known = {user.name for user in uow.users.all()}
    for name, role in ((AGENT_NAME, Role.AGENT), (WORKER_NAME, Role.SERVICE)):
        if name not in known:
            uow.users.add(User(name=name, role=role, limit=None), password_hash=None, token_hash=None)


def replace_token(uow: UnitOfWork, name: UserName, *, token: str) -> None:
    """Give a person another token; the one before stops working."""
    _check_person(uow, name, "hold tokens")
    checked_value(token, str, name="token")
    uow.users.set_token(name, token_hash=_token_hash(token))


def set_password(uow: UnitOfWork, name: UserName, *, password_hash: str) -> None:
    """Replace a person's password by one hashed with `hash_password`."""
    _check_person(uow, name, "have passwords")
    checked_value(password_hash, str, name="password_hash")
    uow.users.set_password(name, password_hash=password_hash)


def clear_password(uow: UnitOfWork, name: UserName, *, password_hash: str) -> None:
    """Take a person's password away, unless it is another one by now."""
    if uow.users.password_hash(name) == password_hash:
        uow.users.clear_password(name)


def set_active(uow: UnitOfWork, name: UserName, *, active: bool) -> User:
    """Let a person act here, when another agrees, or no longer; what proves them is kept."""
    _check_person(uow, name, "are activated or deactivated")
    checked_value(active, bool, name="active")
    user = uow.users.get(name)
    if active == user.active:
        return user
    if active and uow.master_data.somebody_may_agree():
        _ask(uow, user)
        return user
    if not active:
        _check_others_may_agree(uow, user)
    uow.users.set_active(name, active=active)
    return replace(user, active=active)


def set_scope(uow: UnitOfWork, name: UserName, scope: Scope) -> User:
    """Limit a person or program to sites and customers, or to fewer or more of them; NotFoundError for one that is not
    there. In books that are set up a person acts again once another agrees; sessions end at once."""
    checked_value(name, UserName, name="name")
    user = uow.users.get(name)
    check_codes(uow, scope)
    if user.scope == scope:
        return user
    uow.users.set_scope(name, scope)
    uow.identity.end_sessions_of(name)
    limited = replace(user, scope=scope)
    if not (user.active and user.is_person and uow.master_data.somebody_may_agree()):
        return limited
    _check_others_may_agree(uow, user)
    uow.users.set_active(name, active=False)
    waits = replace(limited, active=False)
    _ask(uow, waits)
    return waits


def check_codes(uow: UnitOfWork, scope: Scope) -> None:
    """NotFoundError for a site or customer that is not there."""
    sites = {location.site for location in uow.nodes.nodes()}
    for site in sorted((scope.sites or frozenset()) - sites):
        raise NotFoundError(f"there is no site {site!r}; there are {', '.join(sorted(sites))}", field="sites")
    for customer in sorted(scope.customers or ()):
        uow.company.customer(CustomerCode(customer))


def waiting(uow: UnitOfWork, name: UserName) -> MasterDataRequest | None:
    """The request to let a person act here that nobody has decided on."""
    return uow.master_data.pending(MasterDataKind.PEOPLE, name)


def agree_to_person(uow: UnitOfWork, command: AgreeToPerson) -> PersonDecided:
    """Let somebody act here in the role and up to the limit asked for, or refuse it.

    ConflictError when nobody asked for it, or for the person as the books have it; nothing has changed then.
    """

    def act() -> PersonDecided:
        found = waiting(uow, command.name)
        if found is None:
            raise ConflictError(f"nobody asked to let {command.name!r} act here; `expediter users activate` does")
        settle(uow, found.code, digest=command.digest, agree=command.agree, comment=command.comment)
        user = uow.users.get(command.name)
        if uow.master_data.asked(found.code, LetIn) != _let_in(user):
            raise ConflictError(f"{user.name!r} is {user.role.value} up to {user.limit} by now, which nobody asked for")
        if command.agree:
            uow.users.set_active(user.name, active=True, agreed=found.code)
        return PersonDecided(name=user.name, active=command.agree)

    return uow.commands.once(command.key, command, PersonDecided, act)


def _ask(uow: UnitOfWork, user: User) -> None:
    if waiting(uow, user.name) is None:
        code = f"person {user.name} {len(uow.audit.trail(f'user:{user.name}'))}"
        uow.master_data.ask(code=code, kind=MasterDataKind.PEOPLE, subject=user.name, command=_let_in(user))


def _let_in(user: User) -> LetIn:
    scope = user.scope
    return LetIn(
        name=user.name,
        role=user.role,
        limit=user.limit,
        person=user.person,
        sites=None if scope.sites is None else tuple(sorted(scope.sites)),
        customers=None if scope.customers is None else tuple(sorted(scope.customers)),
    )


def _check_others_may_agree(uow: UnitOfWork, leaving: User) -> None:
    able = [one.name for one in uow.users.all() if one.active and one.role in MAY_CHANGE[MasterDataKind.PEOPLE]]
    if able == [leaving.name]:
        may = " or ".join(role.value for role in MAY_CHANGE[MasterDataKind.PEOPLE])
        raise ConflictError(f"{leaving.name!r} is the last {may}; nobody could agree to anybody afterwards")


def authenticate_token(uow: UnitOfWork, token: str) -> User:
    """The person a token belongs to; AuthenticationError for any other text."""
    user = uow.users.by_token(_token_hash(token))
    return _admitted(user)


def authenticate_password(uow: UnitOfWork, name: UserName, password: str) -> User:
    """The person of that name when the password is right. An unknown name takes as long to refuse as a wrong one."""
    known = uow.users.password_hash(name) if _NAME.fullmatch(name) else None
    stored = known or _NOBODY
    if not _password_fits(password, stored) or stored is _NOBODY:
        raise AuthenticationError(_REFUSED)
    return _admitted(uow.users.get(name))


def hash_password(password: str, *, salt: bytes) -> str:
    """The password as scrypt under 16 random bytes made at the edge; InvalidValueError for one that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise InvalidValueError(f"a password has at least {SHORTEST_PASSWORD} characters", field="password")
    return f"{salt.hex()}:{_scrypt(password, salt).hex()}"


def _check_person(uow: UnitOfWork, name: UserName, what: str) -> None:
    checked_value(name, UserName, name="name")
    if not uow.users.get(name).is_person:
        raise InvalidValueError(f"{name!r} is a program; only people {what}")


def _admitted(user: User | None) -> User:
    if user is None or not user.active or not user.is_person:
        raise AuthenticationError(_REFUSED)
    return user


def _password_fits(password: str, stored: str) -> bool:
    salt, _, expected = stored.partition(":")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)).hex(), expected)


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(_bytes(password), salt=salt, n=_SCRYPT_N, r=_SCRYPT_R, p=_SCRYPT_P, maxmem=_SCRYPT_MEMORY)


def _token_hash(token: str) -> str:
    return hashlib.sha256(_bytes(token)).hexdigest()


def _bytes(secret: str) -> bytes:
    return secret.encode("utf-8", "surrogatepass")  # what is not text at all is refused like any other wrong secret


_NOBODY = f"{'00' * 16}:{'00' * 64}"
