"""Forgetting the checkpoints nobody goes on with; what was proposed, decided and done is in the books (ADR 0010)."""

from collections.abc import Mapping
from datetime import datetime

from langgraph.checkpoint.base import BaseCheckpointSaver

from agents.worker.letters import THREAD
from core.db.locks import advisory_lock
from core.domain.cases import ACTIVE_STATES, CaseState
from core.domain.errors import NotFoundError
from core.domain.ids import CaseId
from core.domain.intake.drafts import OPEN_STATES
from core.domain.retention import Passing, Terms
from core.domain.users import WORKER_NAME
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.services.retention import forget, over

Saver = BaseCheckpointSaver[str]


def forget_all(open_uow: OpenUnitOfWork, saver: Saver, terms: Terms, *, lock_url: str) -> Mapping[Passing, int]:
    """Forget all that is over, checkpoints too; how many rows of each kind, and threads of checkpoints."""
    done = dict(forget(open_uow, terms, by=WORKER_NAME))
    with open_uow(WORKER_NAME) as uow:
        before = terms.before(uow.now)[Passing.CHECKPOINTS]
    done[Passing.CHECKPOINTS] = forget_threads(open_uow, saver, before=before, lock_url=lock_url)
    return done


def forget_threads(open_uow: OpenUnitOfWork, saver: Saver, *, before: datetime, lock_url: str) -> int:
    """Forget the threads begun before a moment that nobody goes on with; how many. After a person was erased that
    moment is now: their letters have closed drafts by then."""
    with open_uow(WORKER_NAME) as uow:
        threads = idle_threads(uow, saver, before=before)
    return sum(_forgotten(open_uow, saver, one, lock_url=lock_url) for one in threads)


def all_over(uow: UnitOfWork, saver: Saver, terms: Terms) -> Mapping[Passing, int]:
    """How much of each kind would be forgotten now."""
    threads = idle_threads(uow, saver, before=terms.before(uow.now)[Passing.CHECKPOINTS])
    return {**over(uow, terms), Passing.CHECKPOINTS: len(threads)}


def idle_threads(uow: UnitOfWork, saver: Saver, *, before: datetime) -> tuple[str, ...]:
    """The threads begun before a moment whose case or draft is closed, or unknown."""
    firsts = saver.list(None, filter={"source": "input"})
    begun = {
        saved.config.get("configurable", {})["thread_id"]: datetime.fromisoformat(saved.checkpoint["ts"])
        for saved in firsts
    }
    return tuple(thread for thread in sorted(begun) if begun[thread] < before and not _needed(uow, thread))


def _forgotten(open_uow: OpenUnitOfWork, saver: Saver, thread: str, *, lock_url: str) -> bool:
    """Whether the thread went; one that somebody drives, or whose case opened again meanwhile, stays."""
    name = thread if thread.startswith(THREAD) else f"case:{thread}"
    with advisory_lock(lock_url, name) as ours:
        if not ours:
            return False
        with open_uow(WORKER_NAME) as uow:
            needed = _needed(uow, thread)
        if not needed:
            saver.delete_thread(thread)
        return not needed


def _needed(uow: UnitOfWork, thread: str) -> bool:
    if thread.startswith(THREAD):
        draft = uow.drafts.of_letter(thread.removeprefix(THREAD))
        return draft is not None and uow.drafts.get(draft).state in OPEN_STATES
    try:
        return uow.cases.get(CaseId(thread)).state in ACTIVE_STATES | {CaseState.SNOOZED}
    except NotFoundError:
        return False
