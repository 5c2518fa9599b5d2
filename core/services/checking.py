"""Checking the books against their invariants."""

from dataclasses import dataclass

from core.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class InvariantResult:
    """One invariant: its name, what it says, and the places where it does not hold."""

    name: str
    says: str
    broken: tuple[str, ...]


def check(uow: UnitOfWork) -> tuple[InvariantResult, ...]:
    """Every invariant in order of its number."""
    names = uow.checks.names()
    ordered = sorted(names, key=lambda name: int(name.removeprefix("I")))
    return tuple(InvariantResult(name=name, says=names[name], broken=uow.checks.broken(name)) for name in ordered)
