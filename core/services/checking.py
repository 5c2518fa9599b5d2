"""Checking the books against their invariants."""

from dataclasses import dataclass

from core.ports.storage import UnitOfWork

AUDIT_CHAINS = "I11"
"""The invariant that every chain of the audit log is whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvariantResult:
    """One invariant: its name, what it says, and the places where it does not hold."""

    name: str
    says: str
    broken: tuple[str, ...]


def check(uow: UnitOfWork) -> tuple[InvariantResult, ...]:
    """Every invariant in order of its number."""
    ordered = sorted(uow.checks.names(), key=lambda name: int(name.removeprefix("I")))
    return tuple(check_one(uow, name) for name in ordered)


def check_one(uow: UnitOfWork, name: str) -> InvariantResult:
    """The invariant of this name."""
    return InvariantResult(name=name, says=uow.checks.names()[name], broken=uow.checks.broken(name))
