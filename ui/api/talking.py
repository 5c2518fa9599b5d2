"""Answering in a conversation while the request that asked has gone: what is said is kept as events as it comes."""

from collections.abc import Callable
from time import monotonic

import structlog

from agents.worker.machine_chat import chat_of
from agents.worker.machines import Machines
from core.domain.conversations import ConversationId, Heard
from core.domain.errors import DomainError
from core.domain.identity import Principal
from core.domain.ids import UserName
from core.ports.storage import OpenUnitOfWork

EVERY_SECONDS = 0.25
_log = structlog.get_logger()


class Words:
    """Words as they come, kept a few times a second: a commit for each would be most of the work."""

    def __init__(self, open_uow: OpenUnitOfWork, name: UserName, conversation: ConversationId) -> None:
        self._open_uow = open_uow
        self._name = name
        self._conversation = conversation
        self._held: list[str] = []
        self._kept_at = 0.0

    def hear(self, text: str) -> None:
        """Some more of them."""
        self._held.append(text)
        if monotonic() - self._kept_at >= EVERY_SECONDS:
            self.tell()

    def tell(self, kind: Heard | None = None, **data: object) -> None:
        """Keep what was heard, and what ends it."""
        told: list[tuple[Heard, dict[str, object]]] = []
        if self._held:
            told.append((Heard.WORDS, {"text": "".join(self._held)}))
        if kind is not None:
            told.append((kind, data))
        self._held, self._kept_at = [], monotonic()
        if told:
            with self._open_uow(self._name) as uow:
                uow.chat_events.add(self._conversation, told)


def answering(
    machines: Machines, principal: Principal, conversation: ConversationId, question: str, *, plan: bool
) -> Callable[[], None]:
    """The work of answering a question, for a thread of its own; it always ends with an event."""
    words = Words(machines.app.open_uow, principal.name, conversation)

    def work() -> None:
        try:
            chat = chat_of(machines, principal)
            reply = chat.ask(chat.resume(conversation), question, plan=plan, hear=words.hear)
        except DomainError as error:
            words.tell(Heard.FAILED, code=error.code, message=error.message)
        except Exception:  # noqa: BLE001 - the edge of a thread: nobody above would hear of it
            _log.exception("chat_failed", conversation=conversation)
            words.tell(Heard.FAILED, code="internal_error", message="the chat met a fault; the server's log has it")
        else:
            words.tell(
                Heard.ANSWERED,
                text=reply["text"],
                source=reply["source"],
                cites=reply["cites"],
                tables=reply["tables"],
                charts=reply["charts"],
                proposal=reply["proposal"] or None,
            )

    return work
