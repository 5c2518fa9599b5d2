"""Replies of suppliers: how each mail was read, and what people settled."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy import Sequence as NumberSequence

from core.db.codec import from_json, to_json
from core.db.rows import InquiryReplyRow
from core.db.stores.inquiry_numbers import inquiry_number, reply_id, reply_number
from core.db.transaction import Transaction
from core.domain.ids import InquiryId
from core.domain.inquiry_replies import Reply, ReplyId, ReplyState

_IDS = NumberSequence("inquiry_replies_id_seq")
_TEXT = InquiryReplyRow.reply


@dataclass(frozen=True, slots=True)
class SqlReplyStore:
    """The replies of this transaction."""

    transaction: Transaction

    def new_id(self) -> ReplyId:
        """An id no reply has."""
        return reply_id(self.transaction.session.scalars(select(func.next_value(_IDS))).one())

    def add(self, reply: Reply) -> None:
        """A new reply."""
        row = InquiryReplyRow(
            id=reply_number(reply.id),
            content_hash=reply.content_hash,
            inquiry_id=inquiry_number(reply.inquiry) if reply.inquiry else None,
            state=reply.state.value,
            reply=to_json(Reply, reply),
            received_at=reply.received_at,
            changed_at=self.transaction.now,
        )
        self.transaction.session.add(row)
        self.transaction.session.flush()
        self._note(reply)

    def save(self, reply: Reply) -> None:
        """The reply as it is from now on."""
        row = self._row(reply.id, lock=True)
        row.state, row.inquiry_id = reply.state.value, inquiry_number(reply.inquiry) if reply.inquiry else None
        row.reply, row.changed_at = to_json(Reply, reply), self.transaction.now
        self.transaction.session.flush()
        self._note(reply)

    def get(self, reply: ReplyId) -> Reply:
        """A reply."""
        return from_json(Reply, self._row(reply).reply)

    def lock(self, reply: ReplyId) -> Reply:
        """A reply nobody else changes."""
        return from_json(Reply, self._row(reply, lock=True).reply)

    def of_content(self, content_hash: str) -> Reply | None:
        """The reply a mail was read as."""
        return next(iter(self._many(InquiryReplyRow.content_hash == content_hash)), None)

    def of_message(self, message_id: str, sender: str) -> Reply | None:
        """The first reply of this sender under this Message-ID."""
        if not message_id:
            return None
        same = (_TEXT["message_id"].astext == message_id) & (_TEXT["sender"].astext == sender)
        return next(iter(self._many(same)), None)

    def of_inquiry(self, inquiry: InquiryId) -> tuple[Reply, ...]:
        """What came back to an inquiry, the oldest first."""
        return self._many(InquiryReplyRow.inquiry_id == inquiry_number(inquiry))

    def listed(self, *states: ReplyState) -> tuple[Reply, ...]:
        """The replies in these states, the newest first."""
        wanted = InquiryReplyRow.state.in_([state.value for state in states or tuple(ReplyState)])
        return self._many(wanted)[::-1]

    def _many(self, wanted: ColumnElement[bool]) -> tuple[Reply, ...]:
        query = select(InquiryReplyRow.reply).where(wanted).order_by(InquiryReplyRow.id)
        found: list[Any] = list(self.transaction.session.scalars(query.execution_options(populate_existing=True)))
        return tuple(from_json(Reply, one) for one in found)

    def _row(self, reply: ReplyId, *, lock: bool = False) -> InquiryReplyRow:
        wanted = InquiryReplyRow.id == reply_number(reply)
        return self.transaction.one(InquiryReplyRow, wanted, what=f"reply {reply!r}", lock=lock)

    def _note(self, reply: Reply) -> None:
        facts = {
            "inquiry": reply.inquiry,
            "mail": reply.content_hash,
            "why": list(reply.why),
            "settled_by": reply.settled_by,
            "values": {one.field.value: one.value for one in reply.fields},
        }
        scope = f"inquiry:{reply.inquiry}" if reply.inquiry else "inquiries"
        self.transaction.note(scope=scope, event=f"reply_{reply.state.value}", subject=reply.id, facts=facts)
