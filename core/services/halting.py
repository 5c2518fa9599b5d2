"""Halting: one word of one person stops all execution, sending and agent runs at once, until somebody resumes it."""

from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import HaltedError, InvalidValueError, NotAuthorisedError
from core.domain.halting import MAY_RESUME, Halt
from core.domain.users import User
from core.ports.storage import UnitOfWork

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HaltCommand:
    """Stop everything. The reason is shown wherever something stands still."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeCommand:
    """Let everything go on; what was found out is kept with the halt."""

    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Halted:
    """The halt, and the keys of messages that a worker had claimed before it: those may still leave."""

    halt: Halt
    on_their_way: tuple[str, ...]


def is_halted(uow: UnitOfWork) -> Halt | None:
    """The halt that holds at this moment, None when everything goes its way."""
    return uow.halts.current()


def check_not_halted(uow: UnitOfWork) -> None:
    """HaltedError while a halt holds."""
    found = is_halted(uow)
    if found is not None:
        raise HaltedError(f"everything is {found.words}", halt=found.number)


def halt(uow: UnitOfWork, command: HaltCommand) -> Halted:
    """Stop all execution, sending and agent runs. Any active person may, and should when in doubt.

    Whatever was being committed at that moment is committed before; nothing is afterwards. ConflictError when a halt
    holds already, InvalidValueError without a reason, NotAuthorisedError for a program.
    """
    _person(uow, "halt")
    reason = checked(command).reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidValueError(f"a halt needs a reason of 1 to {LONGEST_REASON} characters", field="reason")
    begun = uow.halts.begin(" ".join(reason.split()))
    return Halted(halt=begun, on_their_way=uow.halts.on_their_way())


def resume(uow: UnitOfWork, command: ResumeCommand) -> Halt:
    """Let everything go on where it stood. NotAuthorisedError for all but operations managers and administrators,
    ConflictError when nothing is halted."""
    user = _person(uow, "resume")
    if user.role not in MAY_RESUME:
        may = " or ".join(role.value for role in MAY_RESUME)
        raise NotAuthorisedError(f"{user.name!r} ({user.role}) may not resume; {may} may", user=user.name)
    if len(checked(command).comment) > LONGEST_REASON:
        raise InvalidValueError(f"a comment is at most {LONGEST_REASON} characters", field="comment")
    return uow.halts.end(" ".join(command.comment.split()))


def _person(uow: UnitOfWork, what: str) -> User:
    """The one who acts; NotAuthorisedError unless that is an active person."""
    user = uow.users.get(uow.actor)
    if not user.is_person or not user.active:
        raise NotAuthorisedError(f"{user.name!r} ({user.role}) may not {what}; an active person may", user=user.name)
    return user
