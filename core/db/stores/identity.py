"""Sessions, API keys, logins of the company and status links."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import ApiKeyRow, IdentityRow, KeyThreadRow, KeyUseRow, SalesOrderRow, SessionRow, StatusLinkRow
from core.db.stores.conversations import conversation_id, conversation_number
from core.db.stores.users import listed
from core.db.transaction import Transaction
from core.domain.conversations import ConversationId
from core.domain.errors import ConflictError
from core.domain.identity import ApiKey, Identity, KeyId, LinkId, Session, StatusLink
from core.domain.ids import OrderNo, UserName
from core.domain.permissions import Permission
from core.domain.scopes import Scope
from core.ports.identity import KeyUse


@dataclass(frozen=True, slots=True)
class SqlIdentityStore:
    """Who is at the doors, in this transaction."""

    transaction: Transaction

    def begin_session(self, session: Session, *, token_hash: str) -> None:
        """Let somebody in."""
        self._note(f"user:{session.user}", "signed_in", session.user, {"until": session.expires_at})
        self.transaction.session.add(
            SessionRow(
                token_hash=token_hash,
                user_name=session.user,
                started_at=session.started_at,
                seen_at=session.seen_at,
                expires_at=session.expires_at,
            )
        )
        self.transaction.session.flush()

    def session(self, token_hash: str) -> Session | None:
        """The session of a token, ended or not."""
        row = self.transaction.session.get(SessionRow, token_hash)
        if row is None:
            return None
        return Session(
            user=UserName(row.user_name),
            started_at=row.started_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
        )

    def session_seen(self, token_hash: str) -> None:
        """It is in use."""
        seen = update(SessionRow).where(SessionRow.token_hash == token_hash, SessionRow.seen_at < self.transaction.now)
        self.transaction.session.execute(seen.values(seen_at=self.transaction.now))

    def end_session(self, token_hash: str) -> UserName | None:
        """Whose session ended now; None where none was open."""
        ended = self._end(SessionRow.token_hash == token_hash)
        return UserName(ended[0]) if ended else None

    def end_sessions_of(self, user: UserName) -> int:
        """How many sessions of somebody ended now."""
        return len(self._end(SessionRow.user_name == user))

    def _end(self, which: object) -> Sequence[str]:
        query = (
            update(SessionRow)
            .where(which, SessionRow.ended_at.is_(None))  # type: ignore[arg-type]  # a condition on its columns
            .values(ended_at=self.transaction.now)
            .returning(SessionRow.user_name)
        )
        names = self.transaction.session.scalars(query).all()
        for name in sorted(set(names)):
            self._note(f"user:{name}", "signed_out", name, {"sessions": names.count(name)})
        return names

    def add_key(self, key: ApiKey, *, secret_hash: str) -> None:
        """A new key."""
        self._note(f"key:{key.id}", "key_made", key.id, _told(key))
        self.transaction.session.add(
            ApiKeyRow(
                id=key.id,
                secret_hash=secret_hash,
                owner=key.owner,
                name=key.name,
                permissions=sorted(key.permissions),
                sites=listed(key.scope.sites),
                customers=listed(key.scope.customers),
                per_minute=key.per_minute,
                per_day=key.per_day,
                created_by=key.created_by,
                created_at=key.created_at,
                expires_at=key.expires_at,
            )
        )
        self.transaction.session.flush()

    def key(self, key: KeyId) -> ApiKey:
        """A key by its public part; NotFoundError where there is none."""
        return _key(self.transaction.one(ApiKeyRow, ApiKeyRow.id == key, what=f"API key {key!r}"))

    def key_by_secret(self, secret_hash: str) -> ApiKey | None:
        """The key of a secret, ended or not."""
        row = self.transaction.session.scalars(
            select(ApiKeyRow).where(ApiKeyRow.secret_hash == secret_hash)
        ).one_or_none()
        return None if row is None else _key(row)

    def key_used(self, key: KeyId) -> None:
        """It is in use."""
        used = update(ApiKeyRow).where(ApiKeyRow.id == key)
        self.transaction.session.execute(used.values(last_used_at=self.transaction.now))

    def count_use(self, key: KeyId, *, minute: datetime, weight: int) -> KeyUse:
        """Count one more call. Calls of one key wait for each other here, for as long as this transaction lasts."""
        new = insert(KeyUseRow).values(key_id=key, minute=minute, calls=1, day=minute.date(), spent=weight)
        same_minute = KeyUseRow.minute == new.excluded.minute
        same_day = KeyUseRow.day == new.excluded.day
        counted = new.on_conflict_do_update(
            index_elements=[KeyUseRow.key_id],
            set_={
                "minute": new.excluded.minute,
                "calls": case((same_minute, KeyUseRow.calls + 1), else_=1),
                "day": new.excluded.day,
                "spent": case((same_day, KeyUseRow.spent + new.excluded.spent), else_=new.excluded.spent),
            },
        ).returning(KeyUseRow.calls, KeyUseRow.spent)
        calls, spent = self.transaction.session.execute(counted).one()
        return KeyUse(calls=calls, spent=spent)

    def thread(self, key: KeyId, name: str) -> ConversationId | None:
        """The conversation that goes on under this name with this key."""
        row = self.transaction.session.get(KeyThreadRow, (key, name))
        return None if row is None else conversation_id(row.conversation_id)

    def keep_thread(self, key: KeyId, name: str, conversation: ConversationId) -> None:
        """From now on it is this one."""
        number = conversation_number(conversation)
        kept = insert(KeyThreadRow).values(key_id=key, thread=name, conversation_id=number)
        self.transaction.session.execute(
            kept.on_conflict_do_update(
                index_elements=[KeyThreadRow.key_id, KeyThreadRow.thread], set_={"conversation_id": number}
            )
        )

    def revoke_key(self, key: KeyId) -> bool:
        """Whether the key counted until now."""
        query = update(ApiKeyRow).where(ApiKeyRow.id == key, ApiKeyRow.revoked_at.is_(None))
        done = self.transaction.session.scalars(
            query.values(revoked_at=self.transaction.now).returning(ApiKeyRow.id)
        ).one_or_none()
        if done is not None:
            self._note(f"key:{key}", "key_revoked", key, {})
        return done is not None

    def all_keys(self) -> tuple[ApiKey, ...]:
        """Every key, the newest first."""
        query = select(ApiKeyRow).order_by(ApiKeyRow.created_at.desc(), ApiKeyRow.id)
        return tuple(_key(row) for row in self.transaction.session.scalars(query))

    def link(self, identity: Identity) -> None:
        """Say who somebody of a company's login is here; ConflictError where that is said already."""
        known = self.linked(identity.issuer, identity.subject)
        if known is not None and known.user == identity.user:
            return
        if known is not None:
            raise ConflictError(f"{identity.subject!r} of {identity.issuer} is {known.user!r} already; unlink it first")
        self._note(f"user:{identity.user}", "login_linked", identity.user, {"issuer": identity.issuer})
        self.transaction.session.add(
            IdentityRow(
                issuer=identity.issuer,
                subject=identity.subject,
                user_name=identity.user,
                linked_at=identity.linked_at,
            )
        )
        self.transaction.session.flush()

    def unlink(self, issuer: str, subject: str) -> UserName | None:
        """Whose login it was; None where it was nobody's."""
        query = delete(IdentityRow).where(IdentityRow.issuer == issuer, IdentityRow.subject == subject)
        name = self.transaction.session.scalars(query.returning(IdentityRow.user_name)).one_or_none()
        if name is None:
            return None
        self._note(f"user:{name}", "login_unlinked", name, {"issuer": issuer})
        return UserName(name)

    def linked(self, issuer: str, subject: str) -> Identity | None:
        """Who that is here."""
        row = self.transaction.session.get(IdentityRow, (issuer, subject))
        return None if row is None else _identity(row)

    def identities(self, user: UserName) -> tuple[Identity, ...]:
        """The logins of somebody."""
        query = select(IdentityRow).where(IdentityRow.user_name == user).order_by(IdentityRow.linked_at)
        return tuple(_identity(row) for row in self.transaction.session.scalars(query))

    def add_status_link(self, link: StatusLink, *, token_hash: str) -> None:
        """A new link to an order's status; NotFoundError where there is no such order."""
        session = self.transaction.session
        key = self.transaction.key(
            SalesOrderRow.id, SalesOrderRow.number, link.order, what=f"sales order {link.order!r}"
        )
        self._note(f"order:{link.order}", "status_link_made", link.id, {"until": link.expires_at})
        session.add(
            StatusLinkRow(
                id=link.id,
                token_hash=token_hash,
                order_id=key,
                created_by=link.created_by,
                created_at=link.created_at,
                expires_at=link.expires_at,
            )
        )
        session.flush()

    def status_link(self, link: LinkId) -> StatusLink:
        """A link by its id; NotFoundError where there is none."""
        row = self.transaction.one(StatusLinkRow, StatusLinkRow.id == link, what=f"status link {link!r}")
        return self._links([row])[0]

    def status_link_by_token(self, token_hash: str) -> StatusLink | None:
        """The link that carries this, ended or not."""
        query = select(StatusLinkRow).where(StatusLinkRow.token_hash == token_hash)
        row = self.transaction.session.scalars(query).one_or_none()
        return None if row is None else self._links([row])[0]

    def revoke_status_link(self, link: LinkId) -> bool:
        """Whether the link showed something until now."""
        found = self.status_link(link)
        query = update(StatusLinkRow).where(StatusLinkRow.id == link, StatusLinkRow.revoked_at.is_(None))
        done = self.transaction.session.scalars(
            query.values(revoked_at=self.transaction.now).returning(StatusLinkRow.id)
        ).one_or_none()
        if done is not None:
            self._note(f"order:{found.order}", "status_link_revoked", link, {})
        return done is not None

    def status_links(self, order: OrderNo) -> tuple[StatusLink, ...]:
        """The links to an order, the newest first."""
        query = (
            select(StatusLinkRow)
            .join(SalesOrderRow, SalesOrderRow.id == StatusLinkRow.order_id)
            .where(SalesOrderRow.number == order)
            .order_by(StatusLinkRow.created_at.desc(), StatusLinkRow.id)
        )
        return self._links(self.transaction.session.scalars(query).all())

    def _links(self, rows: Sequence[StatusLinkRow]) -> tuple[StatusLink, ...]:
        keys = {row.order_id for row in rows}
        query = select(SalesOrderRow.id, SalesOrderRow.number).where(SalesOrderRow.id.in_(keys))
        numbers = dict(self.transaction.session.execute(query).all())
        return tuple(
            StatusLink(
                id=LinkId(row.id),
                order=OrderNo(numbers[row.order_id]),
                created_by=UserName(row.created_by),
                created_at=row.created_at,
                expires_at=row.expires_at,
                revoked_at=row.revoked_at,
            )
            for row in rows
        )

    def _note(self, scope: str, event: str, subject: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=scope, event=event, subject=subject, facts=facts)


def _told(key: ApiKey) -> dict[str, object]:
    return {
        "owner": key.owner,
        "permissions": sorted(key.permissions),
        "sites": listed(key.scope.sites),
        "customers": listed(key.scope.customers),
        "until": key.expires_at,
    }


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(
        id=KeyId(row.id),
        owner=UserName(row.owner),
        name=row.name,
        permissions=frozenset(Permission(one) for one in row.permissions if one in {*Permission}),
        scope=Scope.of(row.sites, row.customers),
        per_minute=row.per_minute,
        per_day=row.per_day,
        created_by=UserName(row.created_by),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


def _identity(row: IdentityRow) -> Identity:
    return Identity(issuer=row.issuer, subject=row.subject, user=UserName(row.user_name), linked_at=row.linked_at)
