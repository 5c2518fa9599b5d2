"""What a tool is, and what it answers when it cannot do what was asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from core.domain.errors import (
    ConflictError,
    DomainError,
    InvalidValueError,
    NotAuthorisedError,
    NotFoundError,
    ProposalExpiredError,
    ProposalStaleError,
    UsageError,
)
from tools.core_access import ToolCore


class Effect(StrEnum):
    """What a tool can do at most. There is no third kind: a change to the books is a proposal that people decide."""

    READ = "read"
    PROPOSE = "propose"


class NextStep(StrEnum):
    """What to do about a refusal."""

    FIXABLE = "fixable"
    FAILED = "failed"
    NEEDS_APPROVAL = "needs_approval"


class ToolInput(BaseModel):
    """Arguments of a tool: exactly the fields described."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ToolOutput(BaseModel):
    """Answer of a tool: small, sorted, with ids."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Refusal(ToolOutput):
    """Why a tool did nothing, and what to do next: correct `field`, stop, or wait for a person."""

    code: str
    message: str
    next: NextStep
    field: str | None = None


Input = TypeVar("Input", bound=ToolInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool as others see it. `name` is verb_noun, `doc` is written for a new colleague."""

    name: str
    doc: str
    effect: Effect
    takes: type[ToolInput]
    gives: type[ToolOutput]
    handle: Callable[[ToolCore, Mapping[str, object]], ToolOutput]

    def run(self, core: ToolCore, arguments: Mapping[str, object]) -> ToolOutput:
        """What the tool gives, or a Refusal; the one place where errors of the core become answers."""
        try:
            return self.handle(core, arguments)
        except ValidationError as error:
            return _misfit(error)
        except DomainError as error:
            return refusal_of(error)


def tool(
    name: str,
    doc: str,
    *,
    effect: Effect,
    takes: type[Input],
    gives: type[ToolOutput],
    handler: Callable[[ToolCore, Input], ToolOutput],
) -> Tool:
    """A tool from its parts; the handler gets its arguments read."""

    def handle(core: ToolCore, arguments: Mapping[str, object]) -> ToolOutput:
        return handler(core, takes.model_validate(arguments))

    return Tool(name=name, doc=doc, effect=effect, takes=takes, gives=gives, handle=handle)


def refusal_of(error: DomainError) -> Refusal:
    """An error of the core as an answer."""
    field = error.details.get("field")
    return Refusal(
        code=error.code, message=error.message, next=_next_step(error), field=field if isinstance(field, str) else None
    )


def _next_step(error: DomainError) -> NextStep:
    match error:
        case InvalidValueError() | NotFoundError() | UsageError():
            return NextStep.FIXABLE
        case ConflictError() | ProposalStaleError() | ProposalExpiredError():
            return NextStep.FIXABLE  # read again: the world moved
        case NotAuthorisedError():
            return NextStep.NEEDS_APPROVAL
        case _:
            return NextStep.FAILED


def _misfit(error: ValidationError) -> Refusal:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    value = "nothing" if first["type"] == "missing" else ascii(first["input"])[:80]
    message = f"{field} = {value}: {first['msg']}"
    return Refusal(code=InvalidValueError.code, message=message, next=NextStep.FIXABLE, field=field)
