"""Conversations, their turns, and what people want remembered."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from core.db.rows import ChatPreferenceRow, ConversationRow, ConversationTurnRow
from core.db.transaction import Transaction
from core.domain.conversations import Conversation, ConversationId, Saying, Speaker, Turn
from core.domain.errors import NotFoundError
from core.domain.ids import UserName

_PREFIX = "CHAT-"


@dataclass(frozen=True, slots=True)
class SqlConversationStore:
    """Conversations of this transaction. They are no books: the audit log is not told of them."""

    transaction: Transaction

    def begin(self, user: UserName) -> Conversation:
        """A new conversation of this person."""
        row = ConversationRow(user_name=user, begun_at=self.transaction.now, memory={})
        self.transaction.session.add(row)
        self.transaction.session.flush()
        return _conversation(row)

    def get(self, conversation: ConversationId) -> Conversation:
        """One conversation; NotFoundError for an unknown id."""
        number = conversation_number(conversation)
        return _conversation(
            self.transaction.one(ConversationRow, ConversationRow.id == number, what=f"conversation {conversation!r}")
        )

    def of_user(self, user: UserName, *, limit: int) -> tuple[Conversation, ...]:
        """The newest conversations of a person, the newest first."""
        query = select(ConversationRow).where(ConversationRow.user_name == user).order_by(ConversationRow.id.desc())
        return tuple(_conversation(row) for row in self.transaction.session.scalars(query.limit(limit)))

    def add(self, conversation: ConversationId, saying: Saying) -> Turn:
        """Keep what was said as the next turn; two at once come one after the other."""
        key, session = conversation_number(conversation), self.transaction.session
        session.execute(
            select(ConversationRow.id).where(ConversationRow.id == key).order_by(ConversationRow.id).with_for_update()
        )
        last = session.scalar(
            select(func.max(ConversationTurnRow.number)).where(ConversationTurnRow.conversation_id == key)
        )
        turn = Turn(number=(last or 0) + 1, saying=saying, at=self.transaction.now)
        session.add(
            ConversationTurnRow(
                conversation_id=key,
                number=turn.number,
                speaker=saying.speaker.value,
                text=saying.text,
                source=saying.source,
                tool=saying.tool,
                arguments=dict(saying.arguments),
                cites=list(saying.cites),
                data=dict(saying.data),
                at=turn.at,
            )
        )
        session.flush()
        return turn

    def turns(self, conversation: ConversationId, *, limit: int) -> tuple[Turn, ...]:
        """The newest turns, the oldest of them first."""
        query = (
            select(ConversationTurnRow)
            .where(ConversationTurnRow.conversation_id == conversation_number(conversation))
            .order_by(ConversationTurnRow.number.desc())
            .limit(limit)
        )
        return tuple(_turn(row) for row in reversed(self.transaction.session.scalars(query).all()))

    def remember(self, conversation: ConversationId, memory: Mapping[str, object]) -> None:
        """What the conversation is about from now on."""
        self.transaction.session.execute(
            update(ConversationRow)
            .where(ConversationRow.id == conversation_number(conversation))
            .values(memory=dict(memory))
        )

    def prefer(self, user: UserName, name: str, value: str) -> None:
        """What this person wants remembered under this name; an empty value forgets it."""
        statement = insert(ChatPreferenceRow).values(user_name=user, name=name, value=value)
        self.transaction.session.execute(
            statement.on_conflict_do_update(index_elements=["user_name", "name"], set_={"value": value})
        )

    def preferences(self, user: UserName) -> Mapping[str, str]:
        """What this person wants remembered."""
        rows = self.transaction.session.scalars(
            select(ChatPreferenceRow).where(ChatPreferenceRow.user_name == user).order_by(ChatPreferenceRow.name)
        )
        return {row.name: row.value for row in rows if row.value}


def conversation_id(number: int) -> ConversationId:
    """The id of a row of this number."""
    return ConversationId(f"{_PREFIX}{number}")


def conversation_number(conversation: ConversationId) -> int:
    """The number of its row; NotFoundError for what is no id of one."""
    digits = conversation.removeprefix(_PREFIX)
    if digits == conversation or not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise NotFoundError(f"there is no conversation {conversation!r}; their ids look like 'CHAT-17'")
    return int(digits)


def _conversation(row: ConversationRow) -> Conversation:
    return Conversation(
        id=conversation_id(row.id),
        user=UserName(row.user_name),
        begun_at=row.begun_at,
        memory=dict(row.memory),
    )


def _turn(row: ConversationTurnRow) -> Turn:
    saying = Saying(
        speaker=Speaker(row.speaker),
        text=row.text,
        source=row.source,
        tool=row.tool,
        arguments=dict(row.arguments),
        cites=tuple(row.cites),
        data=dict(row.data),
    )
    return Turn(number=row.number, saying=saying, at=row.at)
