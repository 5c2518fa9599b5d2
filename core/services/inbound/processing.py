"""Working on what came: each message in a transaction of its own, and what nothing can be made of put aside.

What is done and that it is done are committed together: a worker that dies in between leaves the message as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.domain.errors import DomainError, HaltedError, NotAuthorisedError, StorageUnavailableError, TryAgainError
from core.domain.ids import UserName
from core.domain.inbound import TRIES, InboundEvent, InboundId, InboundState, SourceName
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.ports.webhooks import HookReader
from core.services.deferring import take_hooks_soon
from core.services.inbound.doing import carry_out
from core.services.tasks import ask_person

BATCH = 100
FIRST_PAUSE = timedelta(seconds=30)
_PASSING = (TryAgainError, HaltedError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """How many messages were worked on, were put aside, and are tried again later."""

    done: int = 0
    quarantined: int = 0
    later: int = 0


def process(open_uow: OpenUnitOfWork, read: HookReader, *, by: UserName, limit: int = BATCH) -> Processed:
    """Work on the messages that are due. One nothing can be made of is put aside at once, one that stumbles over
    somebody else's work, or over a fault of ours, after five tries; the others do not wait for it."""
    with open_uow(by) as uow:
        due = uow.inbound.due(limit=limit)
    ended = [_work(open_uow, read, event, acts_as, by=by) for event, acts_as in due]
    if len(due) == limit:
        with open_uow(by) as uow:
            take_hooks_soon(uow)
    return Processed(
        done=ended.count(InboundState.DONE),
        quarantined=ended.count(InboundState.QUARANTINED),
        later=ended.count(InboundState.STORED),
    )


def retry(uow: UnitOfWork, event: InboundId) -> InboundEvent:
    """Work on a message that was put aside once more: what was in its way may be gone."""
    uow.inbound.again(event)
    take_hooks_soon(uow)
    return uow.inbound.get(event)


def quarantined(uow: UnitOfWork, *, source: SourceName | None = None, limit: int = BATCH) -> Sequence[InboundEvent]:
    """What was put aside, the newest first."""
    return uow.inbound.listed(source=source, state=InboundState.QUARANTINED, before=None, limit=limit)


def _work(
    open_uow: OpenUnitOfWork, read: HookReader, id: InboundId, acts_as: UserName, *, by: UserName
) -> InboundState | None:
    try:
        return _done(open_uow, read, id, acts_as)
    except StorageUnavailableError:
        raise
    except _PASSING as error:
        return _put_off(open_uow, id, error.code, error.message, by=by)
    except DomainError as error:
        return _put_aside(open_uow, id, error.code, error.message, by=by)
    except Exception as error:  # noqa: BLE001 - a fault of ours over one message must not stop those behind it
        return _put_off(open_uow, id, "internal_error", type(error).__name__, by=by)


def _done(open_uow: OpenUnitOfWork, read: HookReader, id: InboundId, acts_as: UserName) -> InboundState | None:
    with open_uow(acts_as) as uow:
        taken = uow.inbound.take(id)
        if taken is None:
            return None
        event, raw = taken
        source = uow.inbound.source(event.source)
        if not uow.users.get(acts_as).active:
            raise NotAuthorisedError(f"{acts_as!r}, under whose name {source.name!r} acts, is not active any more")
        said = carry_out(uow, source, read(raw))
        uow.inbound.settle(id, InboundState.DONE, code="", said=said)
    return InboundState.DONE


def _put_off(open_uow: OpenUnitOfWork, id: InboundId, code: str, said: str, *, by: UserName) -> InboundState | None:
    with open_uow(by) as uow:
        taken = uow.inbound.take(id)
        if taken is None:
            return None
        tries = taken[0].attempts + 1
        if tries < TRIES:
            uow.inbound.put_off(id, until=uow.now + FIRST_PAUSE * 4 ** (tries - 1))
            return InboundState.STORED
    return _put_aside(open_uow, id, code, said, by=by)


def _put_aside(open_uow: OpenUnitOfWork, id: InboundId, code: str, said: str, *, by: UserName) -> InboundState | None:
    with open_uow(by) as uow:
        taken = uow.inbound.take(id)
        if taken is None:
            return None
        uow.inbound.settle(id, InboundState.QUARANTINED, code=code, said=said)
        source = taken[0].source
        text = f"message {id} of {source} is put aside ({code}); `expediter hooks show {id}` says why"
        ask_person(uow, f"message {id} of {source}", f"{text}, `expediter hooks retry {id}` tries again")
    return InboundState.QUARANTINED
