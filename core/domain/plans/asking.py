"""Actions that ask a person, and waiting: their outcome is an answer, which is recorded with the task."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from core.domain.ids import ItemCode, LocationCode
from core.domain.plans.predicates import Predicate, equal
from core.domain.plans.resolutions import Resolution
from core.domain.plans.step import Step
from core.domain.tasks import TaskKind
from core.domain.users import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Step):
    """Do nothing until a date, then look again."""

    kind: ClassVar[str] = "wait"
    resolution: ClassVar[Resolution] = Resolution.WAIT

    until: date

    @property
    def sentence(self) -> str:
        """Until when."""
        return f"do nothing until {self.until}, then look again"

    @property
    def way_back(self) -> str:
        """Nothing was done."""
        return ""

    @property
    def turn(self) -> tuple[str, ...]:
        """Last."""
        return ("wait",)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPerson(Step):
    """Ask a person of a role by a day; what they answer is kept with the task. `subject` names the task."""

    task: ClassVar[TaskKind]
    role: ClassVar[Role]

    subject: str
    about: str
    due: date
    text: str

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """Not asked before."""
        return (equal("task_known", self.subject, "no"),)

    @property
    def sentence(self) -> str:
        """Who is asked what until when."""
        return f"ask {self.role.value.replace('_', ' ')} by {self.due}: {self.text}"

    @property
    def way_back(self) -> str:
        """Until it is answered."""
        return f"withdraw the question {self.subject!r} before it is answered"

    @property
    def turn(self) -> tuple[str, ...]:
        """By subject."""
        return ("task", self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCustomer(AskPerson):
    """Offer the customer another date, quantity, item or price, and record what they say."""

    kind: ClassVar[str] = "offer_customer"
    resolution: ClassVar[Resolution] = Resolution.OFFER
    task: ClassVar[TaskKind] = TaskKind.OFFER
    role: ClassVar[Role] = Role.CUSTOMER_SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWaiver(AskPerson):
    """Ask quality whether a blocked lot may be used under a waiver."""

    kind: ClassVar[str] = "ask_waiver"
    resolution: ClassVar[Resolution] = Resolution.WAIVER
    task: ClassVar[TaskKind] = TaskKind.WAIVER
    role: ClassVar[Role] = Role.QUALITY


@dataclass(frozen=True, slots=True, kw_only=True)
class NegotiatePrice(AskPerson):
    """Ask the buyer to settle a price with the supplier."""

    kind: ClassVar[str] = "negotiate_price"
    resolution: ClassVar[Resolution] = Resolution.PRICE
    task: ClassVar[TaskKind] = TaskKind.PRICE
    role: ClassVar[Role] = Role.BUYER


@dataclass(frozen=True, slots=True, kw_only=True)
class AskData(AskPerson):
    """Ask for data to be confirmed or corrected."""

    kind: ClassVar[str] = "ask_data"
    resolution: ClassVar[Resolution] = Resolution.ASK_DATA
    task: ClassVar[TaskKind] = TaskKind.CORRECTION
    role: ClassVar[Role] = Role.CUSTOMER_SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRecount(AskPerson):
    """Have stock counted before the ledger is corrected."""

    kind: ClassVar[str] = "ask_recount"
    resolution: ClassVar[Resolution] = Resolution.CORRECT_LEDGER
    task: ClassVar[TaskKind] = TaskKind.RECOUNT
    role: ClassVar[Role] = Role.PLANNER


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCredit(AskPerson):
    """Ask finance for a decision on credit or price."""

    kind: ClassVar[str] = "ask_credit"
    resolution: ClassVar[Resolution] = Resolution.CREDIT
    task: ClassVar[TaskKind] = TaskKind.CREDIT
    role: ClassVar[Role] = Role.FINANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideChange(AskPerson):
    """Have a customer's change of an order applied or declined, with its consequences shown first."""

    kind: ClassVar[str] = "decide_change"
    resolution: ClassVar[Resolution] = Resolution.CHANGE_ORDER
    task: ClassVar[TaskKind] = TaskKind.CHANGE
    role: ClassVar[Role] = Role.CUSTOMER_SERVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDisposition(AskPerson):
    """Ask what becomes of goods that came back."""

    kind: ClassVar[str] = "ask_disposition"
    resolution: ClassVar[Resolution] = Resolution.DISPOSITION
    task: ClassVar[TaskKind] = TaskKind.RETURN
    role: ClassVar[Role] = Role.QUALITY


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectLedger(Step):
    """Bring the ledger to what was counted on the sheet `reference`; `change` is the units more or less, `free` those
    that were neither reserved nor blocked (below 0: more is reserved than is there), `value` what is written off."""

    kind: ClassVar[str] = "correct_ledger"
    resolution: ClassVar[Resolution] = Resolution.CORRECT_LEDGER

    reference: str
    item: ItemCode
    location: LocationCode
    on_hand: int
    free: int
    change: int
    reason: str
    value: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The stock as it was shown, and the count still waiting to be posted."""
        subject = f"{self.item}@{self.location}"
        return (
            equal("stock_on_hand", subject, self.on_hand),
            equal("stock_free", subject, self.free),
            equal("count_waiting", self.reference, count_words(self.item, self.location, self.change)),
        )

    @property
    def draws(self) -> tuple[str, int] | None:
        """Units that go must not be reserved."""
        return (f"{self.item}@{self.location}", -self.change) if self.change < 0 else None

    @property
    def charge(self) -> Decimal:
        """What is written off."""
        return self.value

    @property
    def sentence(self) -> str:
        """From what to what."""
        return (
            f"correct {self.item} at {self.location} from {self.on_hand:,} to {self.on_hand + self.change:,} units"
            f" ({self.reason} {self.reference}), for {self.value:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """The opposite correction."""
        return f"correct {self.item} at {self.location} by {-self.change:,} units again"

    @property
    def turn(self) -> tuple[str, ...]:
        """With what else draws stock."""
        return ("transfer", self.item, self.location)


def count_words(item: str, location: str, change: int) -> str:
    """What a count that waits would change, as the books are compared with a plan."""
    return f"{item}@{location} by {change:+d}"
