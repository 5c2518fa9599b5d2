"""Lists of runs, drafts of orders, mails and conversations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from core.db.codec import from_json
from core.db.rows import ConversationRow, ConversationTurnRow, CustomerRow, MailRow, OrderDraftRow, RunRow
from core.db.stores.conversations import conversation_id
from core.db.stores.listing.filtering import keyed, least, present, same
from core.db.stores.listing.keyset import Along, along, code, ordered, read_page
from core.db.stores.runs import run_of
from core.domain.ids import UserName
from core.domain.intake.drafts import OPEN_STATES, DraftOrder
from core.domain.listing.agents import (
    ConversationFilter,
    ConversationSort,
    DraftFilter,
    DraftSort,
    ListedConversation,
    ListedMail,
    MailFilter,
    MailSort,
    RunFilter,
    RunSort,
)
from core.domain.listing.paging import Page, Reading
from core.domain.runs import Run

_RUN, _DRAFT, _MAIL, _TALK, _TURN = RunRow, OrderDraftRow, MailRow, ConversationRow, ConversationTurnRow
_RUNS: Mapping[RunSort, tuple[Along, ...]] = {RunSort.STARTED: ()}
_DRAFTS: Mapping[DraftSort, tuple[Along, ...]] = {DraftSort.NUMBER: (), DraftSort.CHANGED: along(_DRAFT.changed_at)}
_MAILS: Mapping[MailSort, tuple[Along, ...]] = {MailSort.KEPT: along(_MAIL.kept_at)}
_TALKS: Mapping[ConversationSort, tuple[Along, ...]] = {ConversationSort.BEGUN: ()}


def runs(session: Session, wanted: RunFilter, asked: Reading[RunSort]) -> Page[Run]:
    """Runs of the agents."""
    query = select(_RUN).where(
        same(_RUN.graph, wanted.graph),
        same(_RUN.subject, wanted.subject),
        present(_RUN.ended_at, None if wanted.under_way is None else not wanted.under_way),
        same(_RUN.outcome, wanted.outcome),
        least(_RUN.started_at, wanted.started_since),
    )
    return read_page(session, query, ordered(_RUNS, asked, *along(_RUN.id)), asked, run_of)


def drafts(session: Session, wanted: DraftFilter, asked: Reading[DraftSort]) -> Page[DraftOrder]:
    """Drafts of orders as they are now."""
    live = _DRAFT.state.in_([state.value for state in OPEN_STATES])
    query = select(_DRAFT.draft).where(
        same(_DRAFT.state, wanted.state),
        true() if wanted.open is None else live if wanted.open else ~live,
        keyed(_DRAFT.customer_id, CustomerRow.id, CustomerRow.code, wanted.customer),
        least(_DRAFT.changed_at, wanted.changed_since),
    )
    return read_page(session, query, ordered(_DRAFTS, asked, *along(_DRAFT.id)), asked, _draft)


def mails(session: Session, wanted: MailFilter, asked: Reading[MailSort]) -> Page[ListedMail]:
    """Mails as they came."""
    query = select(_MAIL.content_hash, _MAIL.message_id, _MAIL.size, _MAIL.kept_at).where(
        same(_MAIL.message_id, wanted.message_id), least(_MAIL.kept_at, wanted.kept_since)
    )
    return read_page(session, query, ordered(_MAILS, asked, code(_MAIL.content_hash)), asked, _mail)


def conversations(
    session: Session, wanted: ConversationFilter, asked: Reading[ConversationSort]
) -> Page[ListedConversation]:
    """Somebody's conversations."""
    turns, last = (
        select(count).where(_TURN.conversation_id == _TALK.id).correlate(_TALK).scalar_subquery()
        for count in (func.count(), func.max(_TURN.at))
    )
    query = select(_TALK.id, _TALK.user_name, _TALK.begun_at, turns, last).where(same(_TALK.user_name, wanted.user))
    return read_page(session, query, ordered(_TALKS, asked, *along(_TALK.id)), asked, _conversation)


def _draft(stored: dict[str, Any]) -> DraftOrder:
    return from_json(DraftOrder, stored)


def _mail(content_hash: str, message_id: str, size: int, kept_at: datetime) -> ListedMail:
    return ListedMail(content_hash=content_hash, message_id=message_id, size=size, kept_at=kept_at)


def _conversation(key: int, user: str, begun_at: datetime, turns: int, last_at: datetime | None) -> ListedConversation:
    return ListedConversation(
        id=conversation_id(key), user=UserName(user), begun_at=begun_at, turns=turns, last_at=last_at
    )
