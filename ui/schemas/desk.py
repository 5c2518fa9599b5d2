"""What travels between the API and its clients of the desk's work: drafts, cases worked on, scans, policy, halt."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from core.domain.intake.drafts import DraftState
from core.domain.triage import Verdict
from ui.schemas import PRINTABLE, Comment, Identifier, OptionCard, Reply, Request
from ui.schemas.listing import Code, Filters, ListReply, Told
from ui.schemas.policy import AutonomyRow, SettingRow
from ui.values import Day, Moment, Units

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=PRINTABLE)]
Letter = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=PRINTABLE)]
Value = Annotated[str, StringConstraints(max_length=500, pattern=PRINTABLE)]
FieldName = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9_. -]+$")]

RuleName = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=r"^[A-Za-z0-9_./ -]+$")]


class LetterRequest(Request):
    """An order in plain words."""

    text: Letter = Field(examples=["Harbor Supply: please send 40 of the 3-inch gate valves by 14 December, PO 4711"])


class DraftField(Reply):
    """A value of a draft, how sure it is by checks (high, review, low), the words it came from, and what was found."""

    name: str
    value: str | None
    level: str
    quote: str
    why: tuple[str, ...]
    candidates: tuple[str, ...]


class DraftLineReply(Reply):
    """A line of a draft. `units` are base units; `price` is ours for one, whatever the customer wrote; `day` is when it
    could be there as of now, nothing is held for it."""

    number: int
    fields: tuple[DraftField, ...]
    units: int | None
    price: Decimal | None
    day: date | None
    why_no_day: str


class DraftQuestion(Reply):
    """One thing only the customer can say; `name` is what its value is given as."""

    name: str
    about: str
    line: int | None
    quote: str
    choices: tuple[str, ...]
    why: str


class DraftHead(Reply):
    """A letter as an order nobody has entered yet. `order` is what it became, repeats or wants changed; `open`: a
    person can still do something with it; `confirmable`: a yes is all it needs."""

    id: str
    version: int
    state: str
    open: bool
    confirmable: bool
    kind: str
    level: str
    customer: str | None
    customer_po: str | None
    lines: int
    order: str | None
    repeats: str


class DraftQuery(Filters):
    """Which drafts are wanted."""

    state: DraftState | None = None
    open: bool | None = Field(default=None, description="Those a person can still do something with, or the others.")
    customer: Code | None = None
    changed_since: Moment | None = None


class DraftList(ListReply):
    """Drafts of orders."""

    items: tuple[DraftHead, ...]


class DraftReply(Reply):
    """A whole draft: each value beside the words it came from; `settable` are the names of those a person may give."""

    head: DraftHead
    sender: str
    read_by: str
    language: str
    fields: tuple[DraftField, ...]
    lines: tuple[DraftLineReply, ...]
    questions: tuple[DraftQuestion, ...]
    settable: tuple[str, ...]
    notes: tuple[str, ...]


class DraftPiece(Reply):
    """Some of the text, and the values that were read there; `level` is the least sure of them."""

    text: str
    fields: tuple[str, ...]
    level: str | None


class DraftPart(Reply):
    """A readable part of what was received: the body of a mail, an attachment."""

    source: str
    pieces: tuple[DraftPiece, ...]


class DraftSource(Reply):
    """What was received, word for word, the newest letter first."""

    items: tuple[DraftPart, ...]


class NamedValue(Request):
    """A value somebody gives: `line1.quantity`, `customer`, `ship_to`."""

    name: FieldName = Field(examples=["line1.quantity"])
    value: Value = Field(examples=["40"])


class ValuesRequest(Request):
    """Values somebody gives a draft."""

    values: tuple[NamedValue, ...] = Field(min_length=1, max_length=100)


class ConfirmRequest(Request):
    """The draft is right as it was read. `second_meant`: it repeats an order, and a second one is meant."""

    second_meant: bool = Field(default=False, strict=True)


class ReasonRequest(Request):
    """Why."""

    reason: Reason


class DraftConfirmedReply(Reply):
    """The order it became, whether it is promised and why not; of a change, the signal it is said as."""

    draft: str
    order: str | None
    promised: bool
    why: str
    signal: str


class CaseCommentRequest(Request):
    """What to say about a case."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=PRINTABLE)]


class SnoozeRequest(Request):
    """Put a case aside until a day."""

    until: Day = Field(examples=["2026-11-20"])
    reason: Reason


class TriageRequest(Request):
    """What to do about a case first, whatever the rules say; `into` names the case to merge it with."""

    verdict: Verdict
    reason: Reason
    into: Identifier | None = None


class ForwardRequest(Request):
    """Put one of a case's options before people. Where a plan waits already, `instead_of` is its approval and
    `plan_hash` the hash of what was displayed."""

    option: Identifier
    reason: Comment = ""
    instead_of: Identifier | None = None
    plan_hash: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""


class EditRequest(Request):
    """One of a case's options with something else in one of its parts, put before people; `part` counts its actions
    from 1, None where only one can be meant. `day` is when units come, when a line is promised for, or until when is
    waited. Where a plan waits already, `instead_of` is its approval and `plan_hash` the hash of what was displayed."""

    option: Identifier
    part: Annotated[int, Field(ge=1, le=1000, strict=True)] | None = None
    quantity: Units | None = None
    day: Day | None = None
    supplier: Identifier | None = None
    origin: Identifier | None = Field(default=None, description="The location units are moved from.")
    reason: Comment = ""
    instead_of: Identifier | None = None
    plan_hash: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""


class EditTried(Reply):
    """What the edited option would be, simulated as if it were put forward; nothing of it is kept."""

    before: OptionCard
    after: OptionCard


class Forwarded(Reply):
    """The approval that waits now, and the hash to decide on."""

    case: str
    approval: str
    option: str
    plan_hash: str


class ScanReply(Reply):
    """The last scan: for which business date, when, what it was told to assume, open cases by type."""

    as_of: date
    at: datetime
    rules: dict[str, str]
    open_cases: dict[str, int]


class ScanQuery(Filters):
    """Which scans are wanted."""

    scanned_since: Moment | None = None


class ScanRecord(Told):
    """A scan: what it assumed, and what it counted."""

    number: int
    as_of: date
    rules: dict[str, Any]
    figures: dict[str, Any]
    recorded_at: datetime


class ScanRecords(ListReply):
    """Scans."""

    items: tuple[ScanRecord, ...]


class TurnReply(Reply):
    """A scan of the schedule: whether it looks at all the books or at what changed, and when it is due next."""

    whole: bool
    cron: str = Field(description="Minute, hour, day, month, weekday; UTC.")
    next_at: datetime


class ScanSchedule(Reply):
    """When the books are looked through by themselves. `missed` says that a scan was due and none has run."""

    turns: tuple[TurnReply, ...]
    last_at: datetime | None
    missed: bool
    halted: bool


class ScanAsked(Reply):
    """A scan was asked for; a worker does it soon."""

    asked: bool


class PolicyReply(Reply):
    """The policy in force, the rules taken down, and the code of the change that waits for another person, if any."""

    version: str
    effective_at: datetime
    reason: str
    policy: dict[str, Any]
    autonomy: tuple[AutonomyRow, ...]
    settings: tuple[SettingRow, ...]
    demoted: tuple[str, ...]
    waiting: str | None


class PolicyVersionReply(Told):
    """A version of the policy: who asked, who agreed, since when, why."""

    version: str
    author: str
    agreed_by: str
    effective_at: datetime
    reason: str


class PolicyHistory(ListReply):
    """The versions, the newest first."""

    items: tuple[PolicyVersionReply, ...]


class PolicyRequest(Request):
    """Changes of the policy by name, as `expediter policy set` takes them, and why."""

    changes: dict[RuleName, Value] = Field(min_length=1, max_length=50, examples=[{"lifetime_hours": "12"}])
    reason: Reason


class TrialRequest(Request):
    """Changes of the policy to be tried on the proposals of the last days; nothing is kept."""

    changes: dict[RuleName, Value] = Field(min_length=1, max_length=50, examples=[{"lifetime_hours": "12"}])
    days: int = Field(default=30, ge=1, le=366, strict=True)


class TrialReply(Reply):
    """What would have been otherwise."""

    found: dict[str, Any]


class AskedReply(Reply):
    """A change that waits for another person: exactly what is asked, and the digest to agree to."""

    code: str
    asked_by: str
    digest: str
    asked: dict[str, Any]


class AgreeRequest(Request):
    """Another person's word on exactly what was displayed."""

    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    agree: bool = Field(strict=True)
    comment: Comment = ""


class AgreedReply(Reply):
    """What holds from now on; None where it was refused."""

    version: str | None


class HaltReply(Reply):
    """Whether everything stands still, since when and why."""

    halted: bool
    reason: str
    by: str | None
    since: datetime | None


class CommentRequest(Request):
    """What was found out."""

    comment: Comment = ""
