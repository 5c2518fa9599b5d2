"""Trying something for good and keeping nothing of it: its transaction is taken back, what was found out is not."""

from collections.abc import Callable
from typing import Generic, TypeVar

from core.domain.users import User
from core.ports.storage import UnitOfWork
from ui.api.door import Visitor

Found = TypeVar("Found")


class _Tried(Exception, Generic[Found]):  # noqa: N818 - it is no error: it ends a transaction of which nothing is kept
    def __init__(self, found: Found) -> None:
        super().__init__()
        self.found = found


def tried(visitor: Visitor, work: Callable[[UnitOfWork, User], Found]) -> Found:
    """What the work comes to, as if the visitor had done it; the books stay as they are."""
    try:
        with visitor.acting() as (uow, user):
            raise _Tried(work(uow, user))
    except _Tried as ended:
        return ended.found
