"""The facts a plan's preconditions speak of, read from the books, and the differences found."""

from core.domain.errors import NotFoundError
from core.domain.plans import Action, Operator, Predicate
from core.ports.storage import UnitOfWork
from core.services.doing.table import doing_of
from core.services.plan_facts import FACTS, SAID


def unmet(uow: UnitOfWork, predicates: tuple[Predicate, ...]) -> tuple[str, ...]:
    """A sentence for each precondition that no longer holds; empty when all do."""
    found: list[str] = []
    for predicate in predicates:
        if predicate.fact not in FACTS:
            found.append(f"{predicate.fact} of {predicate.subject} cannot be checked in this release")
            continue
        try:
            fact = FACTS[predicate.fact](uow, predicate.subject)
        except NotFoundError as error:
            found.append(error.message)
            continue
        if not _holds(predicate, fact):
            found.append(f"{SAID[predicate.fact]} {predicate.subject} is {fact}, the plan needs {_needs(predicate)}")
    return tuple(dict.fromkeys(found))


def _holds(predicate: Predicate, fact: str) -> bool:
    match predicate.operator:
        case Operator.EQUAL:
            return fact == predicate.value
        case Operator.AT_LEAST:
            return int(fact) >= int(predicate.value)
        case Operator.AT_MOST:
            return int(fact) <= int(predicate.value)


def _needs(predicate: Predicate) -> str:
    words = {Operator.EQUAL: "", Operator.AT_LEAST: "at least ", Operator.AT_MOST: "at most "}
    return f"{words[predicate.operator]}{predicate.value}"


def unmet_undo(uow: UnitOfWork, actions: tuple[Action, ...]) -> tuple[str, ...]:
    """A sentence for each action that can no longer be taken back."""
    obstacles = (doing_of(action).obstacle(uow, action) for action in actions)
    return tuple(obstacle for obstacle in obstacles if obstacle is not None)
