"""Users; what proves them is kept as hashes only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError

from core.db.rows import UserRow
from core.db.transaction import Transaction
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import UserName
from core.domain.master_data import MasterDataKind
from core.domain.scopes import Scope
from core.domain.users import Role, User

_COLUMNS = (
    UserRow.name,
    UserRow.role,
    UserRow.money_limit,
    UserRow.active,
    UserRow.demo,
    UserRow.person,
    UserRow.sites,
    UserRow.customers,
)


@dataclass(frozen=True, slots=True)
class SqlUserStore:
    """Users of this transaction."""

    transaction: Transaction

    def get(self, name: UserName) -> User:
        """A user by name; agents may ask, so nothing that proves who somebody is gets read."""
        query = select(*_COLUMNS).where(UserRow.name == name)
        found = self.transaction.session.execute(query).one_or_none()
        if found is None:
            raise NotFoundError(f"there is no user {name!r}", what=f"user {name!r}")
        return _user(found)

    def known(self, name: UserName) -> bool:
        """Whether there is a user of this name; agents may ask."""
        return self.transaction.session.scalar(select(UserRow.name).where(UserRow.name == name)) is not None

    def all(self) -> tuple[User, ...]:
        """Every user, by name."""
        query = select(UserRow).order_by(UserRow.name.collate("C"))
        return tuple(_user(row) for row in self.transaction.session.scalars(query))

    def add(self, user: User, *, password_hash: str | None, token_hash: str | None) -> None:
        """A new user; ConflictError when the name is taken."""
        row = UserRow(
            name=user.name,
            role=user.role.value,
            money_limit=user.limit,
            active=user.active,
            demo=user.demo,
            password_hash=password_hash,
            token_hash=token_hash,
            person=user.person,
            sites=listed(user.scope.sites),
            customers=listed(user.scope.customers),
        )
        try:
            with self.transaction.session.begin_nested():
                told = {"role": user.role.value, "limit": user.limit, "active": user.active, "demo": user.demo}
                told |= {"person": user.person} if user.person else {}
                told |= {} if user.scope.whole else _limits(user.scope)
                self._declare(user.name, "user_added", told)
                self.transaction.session.add(row)
        except IntegrityError as error:
            raise ConflictError(f"there is a user {user.name!r} already") from error

    def set_token(self, name: UserName, *, token_hash: str) -> None:
        """Replace the user's token; the same again changes nothing."""
        row = self._row(name)
        if row.token_hash == token_hash:
            return
        self._declare(name, "token_replaced", {})
        row.token_hash = token_hash

    def set_password(self, name: UserName, *, password_hash: str) -> None:
        """Replace the user's password; the same again changes nothing."""
        row = self._row(name)
        if row.password_hash == password_hash:
            return
        self._declare(name, "password_replaced", {})
        row.password_hash = password_hash

    def clear_password(self, name: UserName) -> None:
        """Take the user's password away."""
        row = self._row(name)
        self._declare(name, "password_cleared", {})
        row.password_hash = None

    def set_active(self, name: UserName, *, active: bool, agreed: str | None = None) -> None:
        """Let the user act, as was agreed, or no longer; what is so already changes nothing."""
        row = self._row(name)
        if row.active == active:
            return
        self._declare(name, "user_activated" if active else "user_deactivated", {}, agreed=agreed)
        row.active = active
        self.transaction.session.flush()

    def set_scope(self, name: UserName, scope: Scope) -> None:
        """Replace what the user sees; the same again changes nothing."""
        row = self._row(name)
        if Scope.of(row.sites, row.customers) == scope:
            return
        self._declare(name, "scope_set", _limits(scope))
        row.sites, row.customers = listed(scope.sites), listed(scope.customers)
        self.transaction.session.flush()

    def by_token(self, token_hash: str) -> User | None:
        """The user a token belongs to."""
        row = self.transaction.session.scalars(select(UserRow).where(UserRow.token_hash == token_hash)).one_or_none()
        return _user(row) if row else None

    def password_hash(self, name: UserName) -> str | None:
        """The stored hash of a user's password, None for an unknown user or one without a password."""
        query = select(UserRow.password_hash).where(UserRow.name == name)
        return self.transaction.session.scalars(query).one_or_none()

    def _row(self, name: UserName) -> UserRow:
        return self.transaction.one(UserRow, UserRow.name == name, what=f"user {name!r}")

    def _declare(self, name: UserName, event: str, facts: Mapping[str, object], *, agreed: str | None = None) -> None:
        self.transaction.declare(
            MasterDataKind.PEOPLE, scope=f"user:{name}", event=event, subject=name, facts=facts, request=agreed
        )


def listed(codes: frozenset[str] | None) -> list[str] | None:
    """Codes as a column keeps them."""
    return None if codes is None else sorted(codes)


def _limits(scope: Scope) -> dict[str, object]:
    return {"sites": listed(scope.sites), "customers": listed(scope.customers)}


def _user(row: UserRow | Row[*tuple[Any, ...]]) -> User:
    return User(
        name=UserName(row.name),
        role=Role(row.role),
        limit=row.money_limit,
        active=row.active,
        demo=row.demo,
        person=None if row.person is None else UserName(row.person),
        scope=Scope.of(row.sites, row.customers),
    )
