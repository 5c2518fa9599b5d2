"""One transaction at the small company's desk that is undone at its end, for setting a scene cheaply."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from core.db.unit_of_work import SqlUnitOfWork
from core.domain.errors import DomainError, InvariantBrokenError, StorageUnavailableError
from core.domain.users import User
from tests.builders import MARIA
from tests.core.services.corpus.books import Books
from tests.desk import Clock, Desk

LONGEST_MESSAGE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A use case, and a command it accepts once the scene is set. `user` acts, and decides where that is asked.

    A command without a key is its own key: sent again it answers the same, but where it is refused with the code
    `again`, tells that there was nothing to do (`tells`), or keeps that it was asked in the tables of `counts`.
    """

    name: str
    call: Callable[..., object]
    command: Callable[["Sitting"], Any]
    user: User = MARIA
    with_user: bool = False
    again: str | None = None
    tells: bool = False
    counts: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a service answered, or the code it refused with."""

    answer: object
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A service, the scene set for it, and the command that it accepts there."""

    service: Service
    uow: SqlUnitOfWork
    good: Any
    books: Books

    def run(self, command: Any) -> object:
        """Carry a command out."""
        given = (self.service.user,) if self.service.with_user else ()
        return self.service.call(self.uow, command, *given)

    def outcome(self, made: Callable[[], Any]) -> Answered | str:
        """How the service answered, or how making the command was refused.

        A sentence if it failed, refused at length, or refused and changed something.
        """
        try:
            return Answered(answer=self.run(made()))
        except DomainError as error:
            if isinstance(error, InvariantBrokenError | StorageUnavailableError):
                return f"{error.code}: {error.message[:200]}"
            if len(error.message) > LONGEST_MESSAGE:
                return f"a message of {len(error.message)} characters"
            changed = self.books.changed()
            return f"{error.code}, but changed {changed}" if changed else Answered(answer=None, refused=error.code)
        except Exception as error:  # noqa: BLE001  any other one is what we look for
            return f"{type(error).__name__}: {str(error)[:300]}"
