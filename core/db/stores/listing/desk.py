"""Lists of what waits for people."""

from collections.abc import Mapping

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from core.db.rows import HumanTaskRow
from core.db.stores.listing.filtering import same
from core.db.stores.listing.keyset import Along, along, ordered, perhaps, read_page
from core.db.stores.tasks import task_of
from core.domain.listing.desk import TaskFilter, TaskSort
from core.domain.listing.paging import Page, Reading
from core.domain.tasks import Task

_TASK = HumanTaskRow
_TASKS: Mapping[TaskSort, tuple[Along, ...]] = {TaskSort.ASKED: (), TaskSort.DUE: (perhaps(_TASK.due),)}


def tasks(session: Session, wanted: TaskFilter, asked: Reading[TaskSort]) -> Page[Task]:
    """Tasks of people, those that were answered too."""
    query = select(_TASK).where(
        same(_TASK.state, wanted.state),
        same(_TASK.kind, wanted.kind),
        same(_TASK.role, wanted.role),
        same(_TASK.about, wanted.about),
        true() if wanted.due_before is None else _TASK.due <= wanted.due_before,
    )
    return read_page(session, query, ordered(_TASKS, asked, *along(_TASK.id)), asked, task_of)
