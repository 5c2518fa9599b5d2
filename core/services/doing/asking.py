"""Doing and undoing what only asks or waits."""

from core.domain.plans import AskPerson, Wait
from core.domain.tasks import Task, TaskState
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Deed, Doing


def _wait(deed: Deed, action: Wait) -> str:
    return f"wait until {action.until}"


def _nothing(deed: Deed, action: Wait) -> str:
    return "nothing had been done"


def _ask(deed: Deed, action: AskPerson) -> str:
    deed.uow.tasks.open(
        Task(
            subject=action.subject,
            text=action.text,
            kind=action.task,
            role=action.role,
            about=action.about,
            due=action.due,
            proposal=deed.proposal.id,
        )
    )
    return f"{action.role.value.replace('_', ' ')} asked by {action.due}: {action.text}"


def _stop_asking(deed: Deed, action: AskPerson) -> str:
    deed.uow.tasks.withdraw(action.subject)
    return f"question {action.subject!r} withdrawn"


def _answered(uow: UnitOfWork, action: AskPerson) -> str | None:
    task = uow.tasks.get(action.subject)
    if task.state is TaskState.DONE:
        return f"{action.subject!r} was answered {task.answer!r} by {task.answered_by}"
    return None


WAIT: Doing[Wait] = Doing(do=_wait, undo=_nothing, obstacle=lambda uow, action: None, change=lambda action: None)
ASK: Doing[AskPerson] = Doing(do=_ask, undo=_stop_asking, obstacle=_answered, change=lambda action: None)
