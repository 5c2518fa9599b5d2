"""Webhooks out: subscriptions, what the audit log noted for them, and deliveries."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import WebhookDeliveryRow, WebhookRow
from core.db.stores.hook_secrets import add_secret, read_secrets, rotate_secret
from core.db.stores.users import listed
from core.db.transaction import Transaction
from core.domain.errors import ConflictError
from core.domain.ids import UserName
from core.domain.scopes import Scope
from core.domain.webhook_events import Event, Noted
from core.domain.webhooks import LEASE, Delivery, DeliveryId, DeliveryState, Topic, Webhook, WebhookId

_FORGOTTEN_AT_ONCE = 1000
_TAKE = text("""
WITH taken AS (
    DELETE FROM webhook_notes WHERE id IN (
        SELECT n.id FROM webhook_notes n ORDER BY n.id LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING id, scope, sequence)
SELECT l.scope, l.sequence, l.event, l.subject, l.facts, l.recorded_at, l.hash
FROM taken t JOIN audit_log l ON l.scope = t.scope AND l.sequence = t.sequence ORDER BY t.id""")


@dataclass(frozen=True, slots=True)
class SqlWebhookStore:
    """Subscriptions and deliveries of this transaction."""

    transaction: Transaction

    def add(self, webhook: Webhook, *, secret: str, events: frozenset[str]) -> None:
        """A new subscription."""
        facts = {"host": webhook.url.split("/")[2], "topics": sorted(webhook.topics), "sees": webhook.scope.words}
        self._note(webhook.id, "webhook_made", {**facts, "owner": webhook.owner})
        self.transaction.session.add(
            WebhookRow(
                id=webhook.id,
                url=webhook.url,
                topics=sorted(webhook.topics),
                events=sorted(events),
                owner=webhook.owner,
                sites=listed(webhook.scope.sites),
                customers=listed(webhook.scope.customers),
                created_at=webhook.created_at,
                disabled_because="",
            )
        )
        self.transaction.session.flush()
        add_secret(self.transaction, f"out:{webhook.id}", secret)

    def get(self, webhook: WebhookId) -> Webhook:
        """One of them."""
        return _webhook(self.transaction.one(WebhookRow, WebhookRow.id == webhook, what=f"webhook {webhook!r}"))

    def all(self) -> tuple[Webhook, ...]:
        """All there ever were, the newest first."""
        query = select(WebhookRow).order_by(WebhookRow.created_at.desc(), WebhookRow.id)
        return tuple(_webhook(row) for row in self.transaction.session.scalars(query))

    def active(self) -> tuple[Webhook, ...]:
        """Those that count, by id."""
        query = select(WebhookRow).where(WebhookRow.disabled_at.is_(None)).order_by(WebhookRow.id)
        found = self.transaction.session.scalars(query.execution_options(populate_existing=True))
        return tuple(_webhook(row) for row in found)

    def disable(self, webhook: WebhookId, *, because: str) -> bool:
        """Whether it counted until now."""
        disabled = self.transaction.session.execute(
            update(WebhookRow)
            .where(WebhookRow.id == webhook, WebhookRow.disabled_at.is_(None))
            .values(disabled_at=self.transaction.now, disabled_because=because)
            .returning(WebhookRow.id)
        ).one_or_none()
        if disabled is not None:
            self._note(webhook, "webhook_disabled", {"because": because})
        return disabled is not None

    def secrets(self, webhook: WebhookId) -> tuple[str, ...]:
        """Those that sign."""
        return read_secrets(self.transaction, f"out:{webhook}")

    def rotate(self, webhook: WebhookId, secret: str, *, until: datetime) -> None:
        """Another secret."""
        rotate_secret(self.transaction, f"out:{webhook}", secret, until=until)
        self._note(webhook, "webhook_secret_rotated", {"before_until": until})

    def take_noted(self, *, limit: int) -> tuple[Noted, ...]:
        """What was noted; nobody else takes it, and with this transaction it is gone."""
        return tuple(
            Noted(
                scope=scope,
                sequence=sequence,
                event=event,
                subject=subject,
                facts=json.loads(facts),
                at=at,
                hash=hashed,
            )
            for scope, sequence, event, subject, facts, at, hashed in self.transaction.session.execute(
                _TAKE, {"limit": limit}
            )
        )

    def tell(self, webhook: WebhookId, event: Event) -> bool:
        """A delivery that waits."""
        statement = insert(WebhookDeliveryRow).values(
            webhook_id=webhook,
            event=event.id,
            topic=event.topic.value,
            body=event.body,
            state=DeliveryState.WAITING.value,
            attempts=0,
            next_at=self.transaction.now,
            said="",
            created_at=self.transaction.now,
        )
        added = self.transaction.session.execute(
            statement.on_conflict_do_nothing(index_elements=["webhook_id", "event"]).returning(WebhookDeliveryRow.id)
        )
        return added.one_or_none() is not None

    def claim(self, topics: Collection[Topic], *, besides: Sequence[WebhookId]) -> Delivery | None:
        """The delivery due longest, its next try put off for as long as this one may take."""
        now = self.transaction.now
        due = (
            select(WebhookDeliveryRow)
            .join(WebhookRow, WebhookRow.id == WebhookDeliveryRow.webhook_id)
            .where(
                WebhookDeliveryRow.state == DeliveryState.WAITING.value,
                WebhookDeliveryRow.next_at <= now,
                WebhookDeliveryRow.topic.in_(sorted(topics)),
                WebhookDeliveryRow.webhook_id.not_in(besides),
                WebhookRow.disabled_at.is_(None),
            )
            .order_by(WebhookDeliveryRow.next_at, WebhookDeliveryRow.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=WebhookDeliveryRow)
            .execution_options(populate_existing=True)
        )
        row = self.transaction.session.scalars(due).one_or_none()
        if row is None:
            return None
        row.attempts, row.next_at = row.attempts + 1, now + LEASE
        self.transaction.session.flush()
        return _delivery(row)

    def settle(self, delivery: Delivery) -> None:
        """What came of the try that was claimed."""
        self.transaction.session.execute(
            update(WebhookDeliveryRow)
            .where(
                WebhookDeliveryRow.id == delivery.id,
                WebhookDeliveryRow.state == DeliveryState.WAITING.value,
                WebhookDeliveryRow.attempts == delivery.attempts,
            )
            .values(
                state=delivery.state.value,
                next_at=delivery.next_at,
                status=delivery.status,
                said=delivery.said,
                delivered_at=delivery.delivered_at,
            )
        )

    def delivery(self, delivery: DeliveryId) -> Delivery:
        """One of them."""
        return _delivery(self._row(delivery))

    def deliveries(
        self, *, webhook: WebhookId | None, state: DeliveryState | None, before: DeliveryId | None, limit: int
    ) -> tuple[Delivery, ...]:
        """The newest first."""
        query = select(WebhookDeliveryRow).order_by(WebhookDeliveryRow.id.desc()).limit(limit)
        if webhook is not None:
            query = query.where(WebhookDeliveryRow.webhook_id == webhook)
        if state is not None:
            query = query.where(WebhookDeliveryRow.state == state.value)
        if before is not None:
            query = query.where(WebhookDeliveryRow.id < before)
        return tuple(_delivery(row) for row in self.transaction.session.scalars(query))

    def send_again(self, delivery: DeliveryId) -> None:
        """It waits again; ConflictError while it waits, for then it is sent anyway, or of a subscription that counts no
        more."""
        row = self._row(delivery)
        if row.state == DeliveryState.WAITING.value:
            raise ConflictError(f"delivery {delivery} waits to be sent already, after {row.attempts} tries")
        row.state, row.attempts, row.next_at = DeliveryState.WAITING.value, 0, self.transaction.now
        self._note(row.webhook_id, "delivery_sent_again", {"delivery": delivery})

    def forget(self, *, before: datetime) -> int:
        """Some of the deliveries that ended and are older than this."""
        old = (
            select(WebhookDeliveryRow.id)
            .where(WebhookDeliveryRow.created_at < before, WebhookDeliveryRow.state != DeliveryState.WAITING.value)
            .limit(_FORGOTTEN_AT_ONCE)
        )
        gone = delete(WebhookDeliveryRow).where(WebhookDeliveryRow.id.in_(old)).returning(WebhookDeliveryRow.id)
        return len(self.transaction.session.execute(gone).all())

    def _row(self, delivery: DeliveryId) -> WebhookDeliveryRow:
        return self.transaction.one(
            WebhookDeliveryRow, WebhookDeliveryRow.id == delivery, what=f"delivery {delivery}", lock=True
        )

    def _note(self, webhook: str, event: str, facts: Mapping[str, object]) -> None:
        self.transaction.note(scope=f"webhook:{webhook}", event=event, subject=webhook, facts=facts)


def _webhook(row: WebhookRow) -> Webhook:
    return Webhook(
        id=WebhookId(row.id),
        url=row.url,
        topics=frozenset(map(Topic, row.topics)),
        owner=UserName(row.owner),
        scope=Scope.of(row.sites, row.customers),
        created_at=row.created_at,
        disabled_at=row.disabled_at,
        disabled_because=row.disabled_because,
    )


def _delivery(row: WebhookDeliveryRow) -> Delivery:
    return Delivery(
        id=DeliveryId(row.id),
        webhook=WebhookId(row.webhook_id),
        event=row.event,
        topic=Topic(row.topic),
        body=row.body,
        created_at=row.created_at,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        next_at=row.next_at,
        status=row.status,
        said=row.said,
        delivered_at=row.delivered_at,
    )
