"""What a tool is, and what it answers when it cannot do what was asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from core.domain.errors import (
    ConflictError,
    DomainError,
    InvalidValueError,
    NotAuthorisedError,
    NotFeasibleError,
    NotFoundError,
    ProposalExpiredError,
    ProposalStaleError,
    UsageError,
)
from tools.core_access import ReadCore, ToolCore
from tools.provenance import Source, taint_of


class Effect(StrEnum):
    """What a tool can do at most. There is no third kind: a change to the books is a proposal that people decide."""

    READ = "read"
    PROPOSE = "propose"


class Cost(StrEnum):
    """What a call costs: a few rows; a look at all of the books; plans simulated on copies, or partners asked."""

    CHEAP = "cheap"
    MODERATE = "moderate"
    COSTLY = "costly"


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

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


Number: TypeAlias = Annotated[Decimal, AfterValidator(_plain)]
"""A decimal without noughts at its end: how many places a column has is nobody's business."""


class Point(ToolOutput):
    """A value from a day on."""

    on: date
    value: int


class Series(ToolOutput):
    """Points by day, under a name."""

    name: str
    points: tuple[Point, ...]


class Chart(ToolOutput):
    """A small chart as data: steps over days, each series in the same unit."""

    title: str
    unit: str
    series: tuple[Series, ...]


class Refusal(ToolOutput):
    """Why a tool did nothing, and what to do next: correct `field`, stop, or wait for a person."""

    code: str
    message: str
    next: NextStep
    field: str | None = None


Input = TypeVar("Input", bound=ToolInput)
Handle: TypeAlias = Callable[[ToolCore, Mapping[str, object]], ToolOutput]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool as others see it. `name` is verb_noun, `doc` is written for a new colleague, `examples` are arguments that
    fit. `handler` is what was written, `handle` the same with its arguments read."""

    name: str
    doc: str
    effect: Effect
    cost: Cost
    examples: Sequence[Mapping[str, object]]
    takes: type[ToolInput]
    gives: type[ToolOutput]
    handler: Callable[..., ToolOutput]
    handle: Handle

    def run(
        self, core: ToolCore, arguments: Mapping[str, object], *, sources: Mapping[str, Source] | None = None
    ) -> ToolOutput:
        """What the tool gives, or a Refusal; the one place where errors of the core become answers. `sources` says of
        each argument where it comes from: a proposal is made of nothing that partners wrote."""
        if self.effect is Effect.PROPOSE:
            taint = taint_of(self.takes, arguments, sources)
            if taint is not None:
                return Refusal(
                    code="tainted_argument", message=taint.sentence, next=NextStep.FIXABLE, field=taint.argument
                )
        try:
            return self.handle(core, arguments)
        except ValidationError as error:
            return _misfit(error)
        except DomainError as error:
            return refusal_of(error)


def reads(
    name: str,
    doc: str,
    *,
    cost: Cost,
    examples: Sequence[Mapping[str, object]],
    takes: type[Input],
    gives: type[ToolOutput],
    handler: Callable[[ReadCore, Input], ToolOutput],
) -> Tool:
    """A READ tool from its parts; the handler is given a core that cannot propose."""

    def handle(core: ToolCore, arguments: Mapping[str, object]) -> ToolOutput:
        return handler(core, takes.model_validate(arguments))

    return Tool(
        name=name,
        doc=doc,
        effect=Effect.READ,
        cost=cost,
        examples=examples,
        takes=takes,
        gives=gives,
        handler=handler,
        handle=handle,
    )


def proposes(
    name: str,
    doc: str,
    *,
    cost: Cost,
    examples: Sequence[Mapping[str, object]],
    takes: type[Input],
    gives: type[ToolOutput],
    handler: Callable[[ToolCore, Input], ToolOutput],
) -> Tool:
    """A PROPOSE tool from its parts."""

    def handle(core: ToolCore, arguments: Mapping[str, object]) -> ToolOutput:
        return handler(core, takes.model_validate(arguments))

    return Tool(
        name=name,
        doc=doc,
        effect=Effect.PROPOSE,
        cost=cost,
        examples=examples,
        takes=takes,
        gives=gives,
        handler=handler,
        handle=handle,
    )


def refusal_of(error: DomainError) -> Refusal:
    """An error of the core as an answer."""
    field = error.details.get("field")
    return Refusal(
        code=error.code, message=error.message, next=_next_step(error), field=field if isinstance(field, str) else None
    )


def _next_step(error: DomainError) -> NextStep:
    match error:
        case InvalidValueError() | NotFoundError() | NotFeasibleError() | UsageError():
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
