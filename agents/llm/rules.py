"""No model, honestly: asked like one it never answers, so whoever asks goes on by rules as when a model fails."""

from collections.abc import Iterator, Sequence
from typing import NoReturn

from agents.llm.errors import ModelFailure, ModelUnavailableError
from agents.llm.port import Answer, Message, Schema, TextPiece, ToolCall, ToolOffer


class RulesOnly:
    """Fulfils ModelPort where a port has to be given. It never imitates a model's words."""

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """Not answered."""
        _unanswered(purpose)

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str, *, must_call: bool = False
    ) -> Answer[tuple[ToolCall, ...]]:
        """Not answered."""
        _unanswered(purpose)

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """Not answered."""
        _unanswered(purpose)


def _unanswered(purpose: str) -> NoReturn:
    raise ModelUnavailableError(ModelFailure.NO_MODEL, f"no model is configured for {purpose!r}; rules do its work")
