"""What travels between the floor and the books: work begun, reported on, finished."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from core.domain.items import LotControl
from core.domain.production import OperationState
from core.domain.supply_life import WorkStage
from ui.schemas import ONE_LINE, Identifier, Reply, Request
from ui.schemas.listing import Told
from ui.values import Day

Count = Annotated[int, Field(ge=0, le=1_000_000_000, strict=True)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=rf"{ONE_LINE}|^$")]
Serial = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=ONE_LINE)]


class StartRequest(Request):
    """Begin a work order; without its components only with a reason."""

    version: int = Field(ge=1, strict=True)
    why_short: Text = ""


class StepReportRequest(Request):
    """What was done at an operation since the last report."""

    sequence: int = Field(ge=0, strict=True)
    good: Count = 0
    scrapped: Count = 0
    minutes: Count = 0
    done: bool = Field(default=False, strict=True, description="Nothing more is done at this operation.")
    reason: Text = Field(default="", description="Why units were scrapped.")


class FinishRequest(Request):
    """Finished units for stock, and units lost at the end. Their components are taken from stock with them."""

    good: Count
    scrapped: Count = 0
    reason: Text = Field(default="", description="Why units were scrapped.")
    lot: Identifier | None = None
    expires_on: Day | None = None
    serials: tuple[Serial, ...] = Field(default=(), max_length=1000)
    last: bool = Field(default=False, strict=True, description="Nothing more is made.")


class FloorStepReply(Told):
    """An operation; `room` units more can be reported on it."""

    sequence: int
    name: str
    work_center: str
    state: OperationState
    good: int
    scrapped: int
    room: int


class FloorPartReply(Told):
    """A component."""

    item: str
    required: int
    issued: int


class FloorReply(Reply):
    """A work order as the floor sees it, with what may be done next."""

    number: str
    item: str
    item_name: str
    unit: str
    location: str
    ordered: int
    completed: int
    scrapped: int
    start: date
    due: date
    stage: WorkStage
    version: int
    tracked: LotControl
    steps: tuple[FloorStepReply, ...]
    parts: tuple[FloorPartReply, ...]
    finishable: int
    may_start: bool
    next_step: int | None


class WorkCenterReply(Told):
    """A work centre."""

    code: str
    name: str
    location: str


class WorkCenterList(Reply):
    """Work centres by code."""

    items: tuple[WorkCenterReply, ...]


class JobReply(Reply):
    """An operation that can be worked on, at its place in the list, with the reasons. A critical ratio below 1 is late:
    the working days left by those the work still takes."""

    order: str
    sequence: int
    name: str
    item: str
    quantity: int
    due: date
    minutes: int
    started: bool
    ready: bool = Field(description="Units wait at it.")
    critical_ratio: Decimal
    because: tuple[str, ...]


class JobList(Reply):
    """What to do next at a work centre, first things first."""

    center: str
    items: tuple[JobReply, ...]
