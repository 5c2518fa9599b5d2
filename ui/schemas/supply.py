"""What travels when supply is listed: purchase, work, transfer, planned orders; shipments, returns, tasks, figures."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from core.domain.orders import SupplyState
from core.domain.planned_orders import PlannedKind, PlannedState
from core.domain.returns import ReturnState
from core.domain.shipments import ShipmentState
from core.domain.supply_life import PurchaseStage, TransferStage, WorkStage
from core.domain.tasks import TaskKind, TaskState
from core.domain.users import Role
from ui.schemas import ONE_LINE, Comment, Reply, Request
from ui.schemas.listing import Code, Filters, ListReply, Told
from ui.values import Day, Moment


class PurchaseQuery(Filters):
    """Which purchase orders are wanted."""

    supplier: Code | None = Field(default=None, examples=["S-GULF"])
    item: Code | None = Field(default=None, description="Orders with a line of this item.")
    location: Code | None = Field(default=None, description="Orders with a line for this location.")
    stage: PurchaseStage | None = None
    state: SupplyState | None = None
    due_after: Day | None = Field(default=None, description="With a line to come, due on this day or later.")
    due_before: Day | None = Field(default=None, description="With a line to come, due on this day or earlier.")
    late_only: bool = Field(default=False, description="Only with a line to come past its day.")


class PurchaseHead(Told):
    """A purchase order with the sums of its lines."""

    number: str = Field(examples=["PO-77"])
    supplier: str
    supplier_name: str
    order_date: date
    currency: str
    state: SupplyState = Field(description="What planning makes of it: it counts the open ones.")
    stage: PurchaseStage
    version: int
    lines: int
    open: int = Field(description="Base units still to come.")
    due: date | None = Field(description="The earliest day of those.")
    late: bool
    value: Decimal = Field(description="Of all its lines, in `currency`.")


class PurchaseList(ListReply):
    """Purchase orders."""

    items: tuple[PurchaseHead, ...]


class PurchaseLineQuery(Filters):
    """Which lines of purchase orders are wanted."""

    order: Code | None = Field(default=None, examples=["PO-77"])
    supplier: Code | None = None
    item: Code | None = None
    location: Code | None = None
    open_only: bool = Field(default=False, description="Only lines still to come.")
    due_after: Day | None = None
    due_before: Day | None = None


class PurchaseLineReply(Told):
    """A line of a purchase order."""

    order: str
    line: int
    supplier: str
    item: str
    location: str
    ordered: int
    received: int
    confirmed: int | None = Field(description="Units the supplier agreed to send; null while it has not answered.")
    unit_price: Decimal
    due: date = Field(description="The day counted on.")
    requested: date | None = Field(description="The day first asked for, where it moved.")
    sales_order: str | None = Field(description="The supplier ships this order to the customer.")
    sales_line: int | None


class PurchaseLineList(ListReply):
    """Lines of purchase orders."""

    items: tuple[PurchaseLineReply, ...]


class PurchaseDetail(PurchaseHead):
    """A purchase order with its first lines."""

    order_lines: tuple[PurchaseLineReply, ...]
    lines_left_out: int = Field(description="Lines beyond the first 200; list them by `order`.")


class WorkQuery(Filters):
    """Which work orders are wanted."""

    item: Code | None = None
    location: Code | None = None
    stage: WorkStage | None = None
    state: SupplyState | None = None
    due_after: Day | None = None
    due_before: Day | None = None
    late_only: bool = Field(default=False, description="Only open ones past their day.")


class WorkHead(Told):
    """A work order."""

    number: str = Field(examples=["WO-12"])
    item: str
    location: str
    ordered: int
    completed: int
    scrapped: int
    start: date
    due: date
    late: bool
    state: SupplyState
    stage: WorkStage
    version: int


class WorkList(ListReply):
    """Work orders."""

    items: tuple[WorkHead, ...]


class TransferQuery(Filters):
    """Which transfer orders are wanted."""

    item: Code | None = None
    location: Code | None = Field(default=None, description="Where from or where to.")
    stage: TransferStage | None = None
    state: SupplyState | None = None
    due_after: Day | None = None
    due_before: Day | None = None
    late_only: bool = Field(default=False, description="Only open ones past their day.")


class TransferHead(Told):
    """A transfer order."""

    number: str = Field(examples=["TO-5"])
    item: str
    origin: str
    destination: str
    quantity: int
    received: int
    lost: int = Field(description="Units that went missing on the way.")
    ship_on: date
    due: date
    late: bool
    state: SupplyState
    stage: TransferStage
    version: int


class TransferList(ListReply):
    """Transfer orders."""

    items: tuple[TransferHead, ...]


class PlannedQuery(Filters):
    """Which planned orders are wanted."""

    kind: PlannedKind | None = None
    item: Code | None = None
    location: Code | None = None
    supplier: Code | None = None
    state: PlannedState | None = None
    due_after: Day | None = None
    due_before: Day | None = None


class PlannedReply(Told):
    """Supply that planning suggests; nothing is promised on it until somebody firms it."""

    number: str
    kind: PlannedKind
    item: str
    location: str
    quantity: int
    start: date
    due: date
    supplier: str | None
    origin: str | None = Field(description="Where a transfer leaves from.")
    state: PlannedState
    firmed_as: str | None = Field(description="The number of the order it became.")
    version: int


class PlannedList(ListReply):
    """Planned orders."""

    items: tuple[PlannedReply, ...]


class ShipmentQuery(Filters):
    """Which shipments are wanted."""

    order: Code | None = None
    customer: Code | None = None
    location: Code | None = None
    state: ShipmentState | None = None
    troubled: bool = Field(default=False, description="Only those late, damaged or lost on their way.")
    ship_after: Day | None = None
    ship_before: Day | None = None


class ShipmentReply(Told):
    """A shipment."""

    number: str
    order: str
    customer: str
    location: str
    state: ShipmentState
    method: str
    carrier: str | None
    service: str
    tracking_number: str
    ship_on: date
    expected_on: date
    shipped_on: date | None
    delivered_on: date | None
    problem: str = Field(description="late, damaged or lost; empty where all is well.")
    version: int
    units: int


class ShipmentList(ListReply):
    """Shipments."""

    items: tuple[ShipmentReply, ...]


class ReturnQuery(Filters):
    """Which returns are wanted."""

    order: Code | None = None
    customer: Code | None = None
    location: Code | None = None
    state: ReturnState | None = None
    requested_since: Moment | None = None


class ReturnReply(Told):
    """A return of goods."""

    number: str = Field(description="The RMA number.")
    order: str
    customer: str
    location: str
    state: ReturnState
    wish: str
    method: str
    exchange_order: str | None
    version: int
    units: int
    received: int
    requested_at: datetime
    received_at: datetime | None
    changed_at: datetime


class ReturnWord(Request):
    """A word on a return as it was seen: `version` is the one that was shown; a refusal says why."""

    version: int = Field(ge=1, strict=True)
    agree: bool = Field(strict=True)
    why: Comment = ""


class ReturnList(ListReply):
    """Returns."""

    items: tuple[ReturnReply, ...]


class TaskQuery(Filters):
    """Which tasks of people are wanted."""

    state: TaskState | None = None
    kind: TaskKind | None = None
    role: Role | None = None
    about: Code | None = Field(default=None, description="The thing as the audit names it.", examples=["order:SO-1042"])
    due_before: Day | None = None


class TaskReply(Told):
    """Something only a person can settle; `answers` are the words that may be said to it, `why_not` says why
    the person asking may not; None: that person may."""

    subject: str
    text: str
    kind: TaskKind
    role: Role | None = Field(description="Who is asked; null: anybody who may write.")
    about: str
    due: date | None
    state: TaskState
    answers: tuple[str, ...]
    answer: str
    note: str
    answered_by: str | None
    answered_at: datetime | None
    created_at: datetime | None
    why_not: str | None = None


class TaskAnswer(Request):
    """What a person says to a task."""

    subject: Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=ONE_LINE)]
    answer: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=ONE_LINE)] = Field(examples=["done"])
    note: Comment = ""


class TaskList(ListReply):
    """Tasks of people."""

    items: tuple[TaskReply, ...]


class KpiReply(Reply):
    """A key figure; `value` is null while there is nothing to count."""

    name: str = Field(examples=["otif_promise"])
    title: str
    of: str = Field(description="Whom or what it is about; empty for the whole company.")
    value: Decimal | None
    unit: str
    numerator: Decimal | None
    denominator: Decimal | None
    goal: str | None
    says: str
    counts: str


class KpiPeriod(Reply):
    """The key figures of the whole company in one period."""

    first: date
    last: date
    items: tuple[KpiReply, ...]


class KpiHistory(Reply):
    """The key figures of periods of the same length, the last one first."""

    currency: str
    items: tuple[KpiPeriod, ...]


class KpiReport(Reply):
    """Key figures of a period, from the ledgers."""

    first: date
    last: date
    as_of: date
    currency: str
    items: tuple[KpiReply, ...]
