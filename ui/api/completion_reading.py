"""What a Chat Completions request asks: its last user message. What came before is context, never an instruction."""

import hashlib
import json
from collections.abc import Sequence

from agents.ops_chat.state import Spoken
from agents.ops_chat.understanding import LONGEST_QUESTION
from agents.worker.machine_chat import Asked
from ui.api.completions import MODEL
from ui.schemas.completion import MEANS_NOTHING, UNSUPPORTED, WITHOUT_EFFECT, CompletionRequest, Message

CONVERSATION_NAMES = ("conversation_id", "chat_id", "thread_id", "session_id")
"""Under which of these in `metadata` a client names a conversation."""


class CompletionError(Exception):
    """The request is none that is answered here; `param` is the field at fault."""

    def __init__(self, status: int, code: str, message: str, *, param: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.param = param


def asked_by(request: CompletionRequest) -> Asked:
    """The question; CompletionError for a request that would need another answer than one is given here."""
    _check_supported(request)
    last = max((at for at, one in enumerate(request.messages) if one.role == "user"), default=None)
    if last is None:
        raise _invalid("messages has no message of the user", "messages")
    question = _question(request.messages[last], last)
    earlier = [one for one in request.messages[:last] if one.role in {"user", "assistant"}]
    metadata = request.metadata or {}
    named = next((metadata[name] for name in CONVERSATION_NAMES if name in metadata), "")
    first = next((_text(one) for one in earlier if one.role == "user"), question)
    return Asked(
        question=question,
        thread=_thread(request.user or "", named, "" if named else first),
        fresh=not named and not any(one.role == "user" for one in earlier),
        earlier=tuple(_spoken(earlier)),
    )


def texts_of(request: CompletionRequest) -> list[str]:
    """Everything that was sent as text."""
    return [_text(one) for one in request.messages]


def _check_supported(request: CompletionRequest) -> None:
    if request.model != MODEL:
        raise CompletionError(
            404, "model_not_found", f"there is no model {request.model[:80]!r} here; there is {MODEL!r}", param="model"
        )
    if request.n not in (None, 1):
        raise _unsupported("n", "one answer is given at a time")
    for name, value in request.others.items():
        if name in WITHOUT_EFFECT or value in MEANS_NOTHING.get(name, ()):
            continue
        if name in UNSUPPORTED:
            raise _unsupported(name, "leave it out: this model uses its own tools and answers in words")
        raise CompletionError(400, "unknown_parameter", f"{name[:80]!r} is not known here", param=name[:80])


def _question(message: Message, at: int) -> str:
    parts = message.content if isinstance(message.content, list) else []
    if other := next((part.type for part in parts if part.type != "text"), None):
        raise CompletionError(
            400, "unsupported_content", f"a part of type {other[:80]!r} is not read; send text", param=f"messages.{at}"
        )
    question = _text(message).strip()
    if not question or len(question) > LONGEST_QUESTION:
        raise _invalid(
            f"the last message of the user has 1 to {LONGEST_QUESTION:,} characters, got {len(question):,}",
            f"messages.{at}.content",
        )
    return question


def _spoken(messages: Sequence[Message]) -> list[Spoken]:
    return [
        Spoken(speaker="person" if one.role == "user" else "assistant", text=text)
        for one in messages
        if (text := _text(one)[:LONGEST_QUESTION])
    ]


def _text(message: Message) -> str:
    if isinstance(message.content, list):
        return "\n".join(part.text for part in message.content if part.type == "text")
    return message.content or ""


def _thread(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _invalid(message: str, param: str) -> CompletionError:
    return CompletionError(400, "invalid_value", message, param=param)


def _unsupported(name: str, why: str) -> CompletionError:
    return CompletionError(400, "unsupported_parameter", f"{name} is not supported: {why}", param=name)
