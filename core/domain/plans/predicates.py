"""Materiality predicates: the facts a plan needs to still hold when it runs."""

from dataclasses import dataclass
from enum import StrEnum


class Operator(StrEnum):
    """How a fact is compared with the value the plan needs."""

    AT_LEAST = "ge"
    AT_MOST = "le"
    EQUAL = "eq"


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A materiality predicate: the plan may only run while `fact` of `subject` compares so with `value`."""

    fact: str
    subject: str
    operator: Operator
    value: str


def at_least(fact: str, subject: str, quantity: int) -> Predicate:
    """The fact is a number of at least so many."""
    return Predicate(fact=fact, subject=subject, operator=Operator.AT_LEAST, value=str(quantity))


def equal(fact: str, subject: str, value: object) -> Predicate:
    """The fact is exactly this."""
    return Predicate(fact=fact, subject=subject, operator=Operator.EQUAL, value=str(value))
