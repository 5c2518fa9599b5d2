"""What every action of a plan says of itself, whatever it does."""

from decimal import Decimal
from typing import ClassVar

from core.domain.plans.predicates import Predicate
from core.domain.plans.resolutions import Resolution


class Step:
    """The root of all actions. `kind` names the action in the text of a plan and never changes once used."""

    __slots__ = ()
    kind: ClassVar[str]
    resolution: ClassVar[Resolution]

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """What must hold when it runs, besides the stock it draws."""
        return ()

    @property
    def draws(self) -> tuple[str, int] | None:
        """Stock it reserves, as `item@location` and units; draws of one plan on one place are added up."""
        return None

    @property
    def charge(self) -> Decimal:
        """What it costs beyond the usual, in the company's currency."""
        return Decimal(0)

    @property
    def commits(self) -> Decimal:
        """The money it commits the company to."""
        return max(Decimal(0), self.charge)

    @property
    def sentence(self) -> str:
        """What will be done, in words."""
        raise NotImplementedError

    @property
    def way_back(self) -> str:
        """How it is taken back, or what makes up for it; empty where nothing has to be."""
        raise NotImplementedError

    @property
    def turn(self) -> tuple[str, ...]:
        """Its place among the actions of a plan when locks are taken."""
        raise NotImplementedError
