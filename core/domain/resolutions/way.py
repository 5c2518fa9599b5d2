"""One way out: what it does, what it costs, when it is feasible, who decides, how it is undone."""

from dataclasses import dataclass

from core.domain.plans import Action
from core.domain.users import Role

PLANNERS = (Role.PLANNER, Role.BUYER, Role.OPERATIONS_MANAGER)
SERVICE = (*PLANNERS, Role.CUSTOMER_SERVICE)
QUALITY = (Role.QUALITY, Role.OPERATIONS_MANAGER)
FINANCE = (Role.FINANCE, Role.OPERATIONS_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way out. `actions` are what its plans hold; only those in `offered` can be carried out in this release and
    are ever put before people."""

    name: str
    what: str
    costs: str
    feasible: str
    tier: int
    approvers: tuple[Role, ...]
    actions: tuple[type[Action], ...]
    execution: str
    undo: str
    offered: tuple[type[Action], ...]


def way(
    name: str,
    what: str,
    *actions: type[Action],
    costs: str,
    feasible: str,
    execution: str,
    undo: str,
    tier: int = 3,
    approvers: tuple[Role, ...] = PLANNERS,
    offered: tuple[type[Action], ...] = (),
) -> Way:
    """A way out; by default planners decide on it and one person is enough."""
    return Way(
        name=name,
        what=what,
        costs=costs,
        feasible=feasible,
        tier=tier,
        approvers=approvers,
        actions=actions,
        execution=execution,
        undo=undo,
        offered=offered,
    )
