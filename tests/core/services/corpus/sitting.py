"""One transaction at the small company's desk that is undone at its end, for setting a scene cheaply."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from core.db.unit_of_work import SqlUnitOfWork
from core.domain.users import User
from tests.builders import MARIA
from tests.desk import Clock, Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A use case, and a command it accepts once the scene is set. `user` acts, and decides where that is asked."""

    name: str
    call: Callable[..., object]
    command: Callable[["Sitting"], Any]
    user: User = MARIA
    with_user: bool = False
    writes: bool = True

    def run(self, uow: SqlUnitOfWork, command: Any) -> object:
        """Carry the command out."""
        return self.call(uow, command, self.user) if self.with_user else self.call(uow, command)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting(Desk):
    """A desk whose every unit of work is the same one, which is never committed."""

    uow: SqlUnitOfWork
    clock: Clock = field(default_factory=Clock)

    @contextmanager
    def _same(self) -> Iterator[SqlUnitOfWork]:
        yield self.uow

    def open(self, actor: object = None) -> Any:
        """The one transaction, whoever asks."""
        return self._same()

    def alter(self, statement: object) -> None:
        """The scene's altered rows were altered before, under the owner's rights."""
