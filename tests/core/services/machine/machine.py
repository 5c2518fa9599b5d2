"""The machine: every rule of the books, in any order, with every law checked after every step."""

from datetime import datetime

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import Connection

from core.db.roles import RoleUrls
from tests.core.services.machine.books import Books
from tests.core.services.machine.deciding import Deciding
from tests.core.services.machine.keeping import Keeping
from tests.core.services.machine.selling import Selling
from tests.core.services.machine.shipping import Shipping
from tests.core.services.machine.supplying import Supplying
from tests.desk import Clock


class Company(Selling, Keeping, Shipping, Supplying, Deciding, RuleBasedStateMachine):
    """The small company at work. A subclass says on which connection."""

    connection: Connection
    urls: RoleUrls
    start: datetime
    steps = 0
    answers: dict[str, dict[str, int]]

    def __init__(self) -> None:
        super().__init__()
        self.books = Books(self.connection, self.urls, Clock(now=self.start))
        self.books.answers = self.answers

    @invariant()
    def every_law_holds(self) -> None:
        type(self).steps += 1
        broken = self.books.broken()
        assert broken == {}, broken

    def teardown(self) -> None:
        try:
            assert self.books.all_broken() == {}
            assert self.books.broken_chains() == ()
        finally:
            self.books.end()
