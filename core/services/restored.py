"""The first moments of books that come from a backup: they stand still until a person has looked at them."""

from dataclasses import dataclass
from datetime import datetime

from core.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What of the time since the backup may have left the house already: messages that would be sent (again), and
    whether the books were halted when the backup was made."""

    waiting: int
    halted_before: bool


def begin_restored(uow: UnitOfWork, *, made_at: datetime) -> Restored:
    """Halt, and end every session: who signed in when the backup was made may not be let in any more.

    What was sent since the backup stands in it as still to be sent, so nothing is until somebody says `resume`.
    """
    halted = uow.halts.current() is not None
    if not halted and uow.users.known(uow.actor):  # else nobody is set up yet, and nothing is done here
        uow.halts.begin(f"restored from a backup of {made_at:%Y-%m-%d %H:%M} UTC; look at what is to be sent first")
    for user in uow.users.all():
        uow.identity.end_sessions_of(user.name)
    return Restored(waiting=uow.outbox.unsent(), halted_before=halted)
