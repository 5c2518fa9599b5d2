"""How a model can fail, in two kinds: it did not answer, or its answer cannot be used."""

from enum import StrEnum
from typing import ClassVar

from agents.llm.port import Usage
from core.domain.errors import DomainError


class ModelFailure(StrEnum):
    """What went wrong; the words are stable and end up in notes, logs and metrics."""

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    ACCESS_REFUSED = "access_refused"
    REQUEST_REFUSED = "request_refused"
    NOT_JSON = "not_json"
    TOO_LONG = "too_long"
    NO_CHOICES = "no_choices"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    CONTENT_FILTERED = "content_filtered"
    REFUSED = "refused"
    WRONG_SHAPE = "wrong_shape"
    UNKNOWN_TOOL = "unknown_tool"
    UNEXPECTED_CALL = "unexpected_call"
    NO_CALL = "no_call"
    BUDGET_SPENT = "budget_spent"
    NOT_DECLARED = "not_declared"
    NOT_RECORDED = "not_recorded"
    NO_MODEL = "no_model"


class ModelError(DomainError):
    """A model could not be used; `usage` is what the try has cost all the same."""

    code: ClassVar[str] = "model_error"

    def __init__(self, failure: ModelFailure, message: str, *, usage: Usage | None = None) -> None:
        super().__init__(message, failure=failure.value)
        self.failure = failure
        self.usage = usage or Usage()


class ModelUnavailableError(ModelError):
    """The model did not answer; `retry_after` is how many seconds the server asked to be left alone."""

    code = "model_unavailable"

    def __init__(
        self, failure: ModelFailure, message: str, *, usage: Usage | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(failure, message, usage=usage)
        self.retry_after = retry_after


class BudgetSpentError(ModelUnavailableError):
    """A run, or all runs of the day, may cost no more: nothing was asked."""

    code = "model_budget_spent"

    def __init__(self, message: str) -> None:
        super().__init__(ModelFailure.BUDGET_SPENT, message)


class FieldNotDeclaredError(ModelUnavailableError):
    """A prompt holds what its purpose does not declare: nothing was asked."""

    code = "model_field_not_declared"

    def __init__(self, message: str) -> None:
        super().__init__(ModelFailure.NOT_DECLARED, message)


class ModelInvalidError(ModelError):
    """The model answered something that cannot be used; `said` is what it said, as far as it can be read."""

    code = "model_invalid"

    def __init__(self, failure: ModelFailure, message: str, *, usage: Usage | None = None, said: str = "") -> None:
        super().__init__(failure, message, usage=usage)
        self.said = said
