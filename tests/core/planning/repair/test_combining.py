"""Of one offer, order or stock a mix takes only once."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.options import CostTerm
from core.domain.plans import Action, Resolution
from core.planning.repair.combining import Urgency, mixes
from core.planning.repair.ideas import Reach
from core.planning.repair.wants import Want
from tests.builders import buy
from tests.core.planning.books import AS_OF

URGENT = Urgency(unit_day=Decimal(1), uncovered=Decimal(100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Ten units that come on a day, from something."""

    reach: Reach
    takes: frozenset[str]
    resolution: Resolution = Resolution.BUY
    note: str = ""

    def said(self, quantity: int) -> str:
        return f"{quantity} from {', '.join(self.takes)}"

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        return (CostTerm(name="price", amount=Decimal(quantity)),)

    def action(self, quantity: int, *, needed: int, number: str) -> Action:
        return buy(quantity)


def offered(source: str, day: int = 2) -> Offered:
    return Offered(reach=Reach(arrives=AS_OF + day, most=10, last_day=AS_OF), takes=frozenset({source}))


def sources(*ideas: Offered) -> list[tuple[int, ...]]:
    want = Want(item="A", location="MAIN", needs=((AS_OF + 3, 20),), in_all=20)
    return [tuple(ideas.index(take.idea) for take in mix) for mix in mixes(ideas, want, URGENT)]


def test_two_ideas_from_two_sources_are_mixed() -> None:
    assert (0, 1) in sources(offered("Q-1"), offered("Q-2"))


def test_two_ideas_from_one_source_are_never_mixed() -> None:
    assert (0, 1) not in sources(offered("Q-1"), offered("Q-1", 3))
