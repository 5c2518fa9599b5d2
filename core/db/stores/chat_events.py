"""What conversations say as they go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from core.db.rows import ChatEventRow, ConversationRow
from core.db.stores.conversations import conversation_number
from core.db.transaction import Transaction
from core.domain.conversations import ChatEvent, ConversationId, Heard


@dataclass(frozen=True, slots=True)
class SqlChatEventStore:
    """What is heard, in this transaction. It is no book: the audit log is not told of it."""

    transaction: Transaction

    def add(self, conversation: ConversationId, told: Sequence[tuple[Heard, Mapping[str, object]]]) -> None:
        """The next things heard; two that tell at once come one after the other."""
        key, session = conversation_number(conversation), self.transaction.session
        session.execute(
            select(ConversationRow.id).where(ConversationRow.id == key).order_by(ConversationRow.id).with_for_update()
        )
        last = self.last(conversation)
        for number, (kind, data) in enumerate(told, start=last + 1):
            values = {"conversation_id": key, "number": number, "kind": kind.value, "data": dict(data)}
            session.add(ChatEventRow(**values, at=self.transaction.now))
        session.flush()

    def after(self, conversation: ConversationId, number: int, *, limit: int) -> tuple[ChatEvent, ...]:
        """What was heard since."""
        query = (
            select(ChatEventRow)
            .where(ChatEventRow.conversation_id == conversation_number(conversation), ChatEventRow.number > number)
            .order_by(ChatEventRow.number)
            .limit(limit)
        )
        rows = self.transaction.session.scalars(query)
        return tuple(ChatEvent(number=row.number, kind=Heard(row.kind), data=dict(row.data)) for row in rows)

    def last(self, conversation: ConversationId) -> int:
        """The number of the last thing heard."""
        key = conversation_number(conversation)
        query = select(func.max(ChatEventRow.number)).where(ChatEventRow.conversation_id == key)
        return self.transaction.session.scalar(query) or 0
