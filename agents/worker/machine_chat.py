"""The chat for machines with an API key: as the key's owner, in conversations that only this key goes on with."""

from dataclasses import dataclass

from agents.ops_chat.books import Shelf
from agents.ops_chat.services import ChatServices
from agents.ops_chat.state import Reply, Spoken
from agents.worker.chat import MOST_EARLIER, Chat, Hear, Talk, barred_from_proposing
from agents.worker.machines import DOOR, Machines
from agents.worker.models import model_for
from agents.worker.traces import trace_for
from core.domain.identity import Principal
from core.domain.permissions import Permission

CHANNEL = "chat completions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a client. `thread` is its name for the conversation, `fresh` whether it begins with this question;
    `earlier` is what the client says was said, the oldest first. Only a conversation that was never kept here begins
    from it, as words: no number in it was given by a tool."""

    question: str
    thread: str
    fresh: bool
    earlier: tuple[Spoken, ...] = ()


def ask(machines: Machines, principal: Principal, asked: Asked, *, hear: Hear) -> Reply:
    """The answer; `hear` gets its words as they come. A change that is asked for becomes a proposal of the owner's."""
    chat = chat_of(machines, principal)
    return chat.ask(_talk(machines, principal, chat, asked), asked.question, hear=hear)


def chat_of(machines: Machines, principal: Principal) -> Chat:
    """The owner's chat on no more than the key may use and see."""
    tools = machines.tools(principal, channel=CHANNEL)
    services = ChatServices(
        tools=tools,
        known=machines.core(principal, channel=CHANNEL).known_names,
        model_for=model_for(machines.app, machines.models),
        barred=_barred(principal),
        shelf=Shelf(),
    )
    return Chat(
        open_uow=machines.app.open_uow,
        services=services,
        person=principal.user,
        trace_for=trace_for(machines.app, export=None),
    )


def _barred(principal: Principal) -> str:
    if not principal.may(Permission.PROPOSALS_WRITE):
        return "this key may not propose; one with proposals:write may"
    if not principal.scope.whole:
        return f"this key sees {principal.scope.words}, and proposals are made of the whole books"
    return barred_from_proposing(principal.user)


def _talk(machines: Machines, principal: Principal, chat: Chat, asked: Asked) -> Talk:
    """The conversation that goes on, or a new one kept under the thread."""
    assert principal.key is not None, "who has no key is not admitted"
    with machines.app.open_uow(DOOR) as uow:
        known = None if asked.fresh else uow.identity.thread(principal.key.id, asked.thread)
    if known is not None:
        return chat.resume(known)
    talk = chat.begin()
    assert talk.id is not None, "the owner of a key is known"
    talk.earlier.extend(asked.earlier[-MOST_EARLIER:])
    with machines.app.open_uow(DOOR) as uow:
        uow.identity.keep_thread(principal.key.id, asked.thread, talk.id)
    return talk
