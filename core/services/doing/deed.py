"""What doing an action is made of, whatever the action."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from core.domain.approval import Approval
from core.domain.plans.step import Step
from core.domain.proposals import Proposal
from core.ports.storage import UnitOfWork

A = TypeVar("A", bound=Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An approved plan being carried out or taken back in one transaction."""

    uow: UnitOfWork
    approval: Approval
    proposal: Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing to key into an ERP. Fields that a kind of change does not have are empty."""

    document: str
    number: str
    line: str
    partner: str
    item: str
    quantity: str
    origin: str
    destination: str
    unit_price: str
    currency: str
    old_date: str
    new_date: str


def change(document: str, number: str, **given: str) -> Change:
    """A change with these fields filled."""
    empty = {field.name: "" for field in fields(Change)}
    return Change(**{**empty, "document": document, "number": number, **given})


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing(Generic[A]):
    """How one kind of action is done: `do` and `undo` say what was done, `obstacle` why it can no longer be taken back
    (None when it can), `change` what to key into an ERP (None: nothing)."""

    do: Callable[[Deed, A], str]
    undo: Callable[[Deed, A], str]
    obstacle: Callable[[UnitOfWork, A], str | None]
    change: Callable[[A], Change | None]
