"""What a sandbox supplier sells and how it behaves: data given at construction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ItemCode, SupplierCode


class Mood(StrEnum):
    """How a sandbox supplier answers."""

    NORMAL = "normal"
    REFUSES = "refuses"  # says no, with a reason
    SLOW = "slow"  # acts, then answers a byte at a time
    HTML = "html"  # status 200 and a web page; does not act
    MALFORMED = "malformed"  # acts, then answers JSON of another form
    DOWN = "down"  # 503 with Retry-After; does not act
    FLAKY = "flaky"  # 503 to the first try of each key, then fine
    LOST_REPLY = "lost_reply"  # acts on an instruction, then hangs up before answering the first try


class Bargaining(StrEnum):
    """How a sandbox supplier answers a counter-offer. All end at the lowest price, in percent of the listed one."""

    FIRM = "firm"  # never comes down
    MEETS_HALFWAY = "meets_halfway"  # takes the middle between its last price and the offer
    SLOW = "slow"  # comes down one percent of the listed price each time
    EAGER = "eager"  # takes whatever is at or above its lowest price, else names that
    LEAVES = "leaves"  # refuses to talk about prices


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxOffer:
    """The terms for one item. `expedite_fee` is charged for each line pulled in; None means never. `breaks` are agreed
    lower prices, each with the units from which on it holds."""

    unit_price: Decimal
    lead_time_days: int
    available: int
    minimum_order: int = 1
    multiple: int = 1
    expedite_fee: Decimal | None = None
    fastest_days: int = 1
    breaks: tuple[tuple[int, Decimal], ...] = ()

    def prices(self, quantity: int) -> frozenset[Decimal]:
        """The prices a unit may be ordered at: the listed one, and those agreed for so many."""
        return frozenset({self.unit_price, *(price for units, price in self.breaks if units <= quantity)})


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxSupplier:
    """A supplier; one that is not `idempotent` takes a repeated key for a new order."""

    code: SupplierCode
    currency: str = "USD"
    items: Mapping[ItemCode, SandboxOffer] = field(default_factory=dict[ItemCode, SandboxOffer])
    mood: Mood = Mood.NORMAL
    bargaining: Bargaining = Bargaining.MEETS_HALFWAY
    lowest_percent: int = 88
    idempotent: bool = True
    retry_after_seconds: int = 1
    drip_seconds: float = 0.05
