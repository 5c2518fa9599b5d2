"""Putting the chat together over an application: who talks, what is kept of it, and one run for every answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from agents.llm.port import ModelFor
from agents.ops_chat.books import Shelf
from agents.ops_chat.graph import MOST_STEPS, build_graph
from agents.ops_chat.heard import leaves_of
from agents.ops_chat.memory import after, kept, recalled
from agents.ops_chat.services import ChatServices
from agents.ops_chat.state import Reply, Spoken
from agents.tracing.spans import TraceFor, no_trace, tracing
from agents.worker.halting import halt_check, stops_when_halted
from agents.worker.models import NO_MODEL, ModelSettings, model_for
from agents.worker.traces import Export, trace_for
from core.bootstrap.application import Application
from core.domain.conversations import LONGEST_SAID, Conversation, ConversationId, Saying, Speaker, Turn
from core.domain.errors import NotFoundError
from core.domain.ids import RunId, UserName
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User
from core.ports.storage import OpenUnitOfWork
from tools.registry import toolset
from tools.service_core import ServiceCore

GRAPH = "ops_chat"
MOST_EARLIER = 20
NOT_KNOWN = (
    "nobody has proven who they are here, so nothing is put before people: `expediter users token NAME` makes a token,"
    " or use --user NAME"
)
Hear = Callable[[str], object]


@dataclass(slots=True, kw_only=True)
class Talk:
    """A conversation as it goes on. `id` is None where nothing is kept: nobody is known. `memory` is what it is about,
    `earlier` what was said, `given` the values that tools gave in it."""

    id: ConversationId | None
    subject: str
    memory: Mapping[str, Any] = field(default_factory=dict[str, Any])
    preferences: Mapping[str, str] = field(default_factory=dict[str, str])
    earlier: list[Spoken] = field(default_factory=list[Spoken])
    given: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """The chat of one person, or of somebody nobody knows, who can only read."""

    open_uow: OpenUnitOfWork
    services: ChatServices
    person: User | None
    trace_for: TraceFor = no_trace

    def begin(self) -> Talk:
        """A new conversation, kept where it is known whose it is."""
        if self.person is None:
            return Talk(id=None, subject=f"nobody-{token_hex(4)}")
        with self.open_uow(self.person.name) as uow:
            found = uow.conversations.begin(self.person.name)
            return Talk(id=found.id, subject=found.id, preferences=uow.conversations.preferences(self.person.name))

    def resume(self, conversation: ConversationId) -> Talk:
        """A conversation of this person, gone on with; NotFoundError for one that is somebody else's."""
        with self.open_uow(self._name()) as uow:
            found = uow.conversations.get(conversation)
            self._check_owner(found)
            turns = uow.conversations.turns(conversation, limit=MOST_EARLIER)
            preferences = uow.conversations.preferences(found.user)
        given = [leaf for turn in turns for leaf in leaves_of((turn.saying.data, list(turn.saying.cites)))]
        return Talk(
            id=found.id,
            subject=found.id,
            memory=found.memory,
            preferences=preferences,
            earlier=[Spoken(speaker=turn.saying.speaker.value, text=turn.saying.text) for turn in turns],
            given=given,
        )

    def turns(self, talk: Talk, *, limit: int) -> tuple[Turn, ...]:
        """What was said and kept, the oldest first."""
        if talk.id is None:
            return ()
        with self.open_uow(self._name()) as uow:
            return uow.conversations.turns(talk.id, limit=limit)

    def ask(self, talk: Talk, question: str, *, plan: bool = False, hear: Hear = lambda _: None) -> Reply:
        """The answer to a question; `hear` gets its words as they come. What was asked is kept before, and what was
        answered after; an answer that is cut short leaves the question."""
        halt_check(self.open_uow)()
        run = self._begun(talk, question)
        outcome = "stopped"
        try:
            reply = self._answered(talk, question, run, plan=plan, hear=hear)
            outcome = reply["code"] or "answered"
        finally:
            with self.open_uow(WORKER_NAME) as uow:
                uow.runs.end(run, outcome=outcome)
        self._learn(talk, question, reply)
        return reply

    def _answered(self, talk: Talk, question: str, run: RunId, *, plan: bool, hear: Hear) -> Reply:
        given: Any = {
            "run": run,
            "question": question,
            "plan": plan,
            "memory": dict(talk.memory),
            "preferences": dict(talk.preferences),
            "earlier": talk.earlier[-MOST_EARLIER:],
            "given": talk.given,
        }
        config = stops_when_halted({"recursion_limit": MOST_STEPS}, self.open_uow)
        graph, reply = build_graph(self.services), None
        with tracing(self.trace_for(run)):
            for part in graph.stream(given, config, stream_mode=["custom", "values"], version="v2"):
                told: Any = part["data"]
                if part["type"] == "custom":
                    hear(told["words"])
                else:
                    reply = told.get("reply", reply)
        assert reply is not None, "the last step of the graph gives the reply"
        return reply

    def _begun(self, talk: Talk, question: str) -> RunId:
        if talk.id is not None:
            with self.open_uow(self._name()) as uow:
                uow.conversations.add(talk.id, _said(question))
        with self.open_uow(WORKER_NAME) as uow:
            return uow.runs.begin(graph=GRAPH, subject=talk.subject)

    def _learn(self, talk: Talk, question: str, reply: Reply) -> None:
        """Remember what the person said and what the core answered; never what stands inside a text of a tool."""
        book = self.services.shelf.book(self.services.known())
        memory = after(
            recalled(talk.memory), named=(question, *reply["named"]), listed=tuple(reply["listed"]), book=book
        )
        talk.memory = kept(memory)
        talk.earlier += [Spoken(speaker="person", text=question), Spoken(speaker="assistant", text=reply["text"])]
        talk.given += leaves_of((reply["tables"], reply["charts"], reply["cites"]))
        if wanted := reply["preference"]:
            talk.preferences = {**talk.preferences, wanted["name"]: wanted["value"]}
        if talk.id is None:
            return
        with self.open_uow(self._name()) as uow:
            uow.conversations.add(talk.id, _answered(reply))
            uow.conversations.remember(talk.id, talk.memory)
            if wanted:
                uow.conversations.prefer(self._name(), wanted["name"], wanted["value"])

    def _check_owner(self, conversation: Conversation) -> None:
        if self.person is None or conversation.user != self.person.name:
            raise NotFoundError(f"there is no conversation {conversation.id!r} of yours", what="conversation")

    def _name(self) -> UserName:
        return self.person.name if self.person is not None else WORKER_NAME


def open_chat(
    app: Application, person: User | None, *, models: ModelSettings = NO_MODEL, export: Export | None = None
) -> Chat:
    """The chat of this person over an application; without a model it answers by rules. Tools read and propose under
    the agents' role, in the name of the person; conversations are kept under the application's."""
    return Chat(
        open_uow=app.open_uow,
        services=chat_services(app, person, model_for(app, models)),
        person=person,
        trace_for=trace_for(app, export=export),
    )


def chat_services(app: Application, person: User | None, models: ModelFor) -> ChatServices:
    """What the graph is given."""
    actor = person.name if person is not None and not barred_from_proposing(person) else AGENT_NAME
    core = ServiceCore(open_uow=app.open_agent_uow, suppliers=app.suppliers, actor=actor)
    return ChatServices(
        tools=toolset(core),
        known=core.known_names,
        model_for=models,
        barred=barred_from_proposing(person),
        shelf=Shelf(),
    )


def barred_from_proposing(person: User | None) -> str:
    """Why somebody may propose nothing; empty where they may."""
    if person is None:
        return NOT_KNOWN
    if not person.is_person or not person.active or person.role is Role.VIEWER:
        return f"{person.name!r} ({person.role.value}) may not propose; active people who act may"
    return ""


def _said(question: str) -> Saying:
    return Saying(speaker=Speaker.PERSON, text=question[:LONGEST_SAID], arguments={}, data={})


def _answered(reply: Reply) -> Saying:
    return Saying(
        speaker=Speaker.ASSISTANT,
        text=reply["text"][:LONGEST_SAID],
        source=reply["source"],
        tool=reply["tool"],
        arguments=reply["arguments"],
        cites=tuple(reply["cites"]),
        data={
            "tables": reply["tables"],
            "charts": reply["charts"],
            "proposal": reply["proposal"],
            "code": reply["code"],
        },
    )
