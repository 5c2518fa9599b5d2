"""What was said with the chat is kept in its order, and people's preferences with them."""

import pytest

from core.domain.conversations import ConversationId, Saying, Speaker
from core.domain.errors import NotFoundError
from tests.builders import MARIA
from tests.desk import Desk


def said(text: str, *, speaker: Speaker = Speaker.PERSON) -> Saying:
    return Saying(speaker=speaker, text=text, arguments={}, data={})


def test_a_conversation_keeps_what_was_said_and_what_it_is_about(desk: Desk) -> None:
    with desk.open_uow(MARIA.name) as uow:
        begun = uow.conversations.begin(MARIA.name)
        uow.conversations.add(begun.id, said("why is SO-1 late?"))
        answer = said("It waits for PO-1.", speaker=Speaker.ASSISTANT)
        uow.conversations.add(begun.id, answer)
        uow.conversations.remember(begun.id, {"order": "SO-1"})

    with desk.open_uow(MARIA.name) as uow:
        turns = uow.conversations.turns(begun.id, limit=1)
        assert [(turn.number, turn.saying) for turn in turns] == [(2, answer)]
        assert uow.conversations.get(begun.id).memory == {"order": "SO-1"}
        assert [one.id for one in uow.conversations.of_user(MARIA.name, limit=5)] == [begun.id]


def test_a_preference_is_a_persons_until_it_is_forgotten(desk: Desk) -> None:
    with desk.open_uow(MARIA.name) as uow:
        uow.conversations.prefer(MARIA.name, "site", "Reno plant")
        uow.conversations.prefer(MARIA.name, "language", "de")
        uow.conversations.prefer(MARIA.name, "language", "")

        assert uow.conversations.preferences(MARIA.name) == {"site": "Reno plant"}


@pytest.mark.parametrize("unknown", ["CHAT-99", "CHAT-x", "17", ""])
def test_an_unknown_conversation_is_not_found(desk: Desk, unknown: str) -> None:
    with desk.open_uow(MARIA.name) as uow, pytest.raises(NotFoundError, match="conversation"):
        uow.conversations.get(ConversationId(unknown))
