"""The scenes of the corpus: the small company with works, returns and people, one database for the whole folder."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from core.bootstrap.opening import open_books
from core.db.embedded import Server, drop_database
from core.domain.users import User
from tests.builders import MARIA
from tests.core.services.corpus.books import Books, contents, writes
from tests.core.services.corpus.services import SERVICES
from tests.core.services.corpus.sitting import Service, Sitting, Stage
from tests.core.services.corpus.supplying import BUYER
from tests.core.services.stocking.goods import QUINN
from tests.core.services.supplying.works import build_works
from tests.database import WORKER, copy_database
from tests.desk import Clock, Desk

Sit = Callable[[User], AbstractContextManager[Sitting]]
PREPARED = """
    UPDATE items SET list_price = 30 WHERE code IN ('VALVE-3', 'PUMP-1');
    UPDATE locations SET takes_returns = true
    """


class _UndoneError(Exception):
    """The transaction ends without a trace."""


@pytest.fixture(scope="package")
def sit(postgres_server: Server, company_template: str) -> Iterator[Sit]:
    """Opens a sitting for somebody: one transaction, rolled back at its end."""
    name = f"corpus_{WORKER}"
    copy_database(postgres_server, name, company_template)
    urls, clock = postgres_server.role_urls(name), Clock()
    with open_books(urls.app, frozen=clock.read) as books, open_books(urls.agent) as agents:
        desk = Desk(open_uow=books, open_agent_uow=agents, clock=clock, urls=urls)
        build_works(desk)
        desk.alter(PREPARED)
        desk.let_in(QUINN, BUYER)

        @contextmanager
        def opened(user: User = MARIA) -> Iterator[Sitting]:
            try:
                with books(user.name) as uow:
                    yield Sitting(open_uow=books, open_agent_uow=agents, urls=urls, uow=uow, clock=Clock())
                    raise _UndoneError
            except _UndoneError:
                return

        yield opened
    drop_database(postgres_server, name)


@pytest.fixture(scope="package")
def before(sit: Sit) -> dict[str, tuple[int, int]]:
    """What is in every table before any scene is set."""
    with sit(MARIA) as at:
        return contents(at.uow.commands.transaction.session)


@pytest.fixture(scope="package", params=SERVICES, ids=lambda service: service.name)
def stage(request: pytest.FixtureRequest, sit: Sit, before: dict[str, tuple[int, int]]) -> Iterator[Stage]:
    """The scene of each service in turn, set once for all that is asked of it."""
    service: Service = request.param
    with sit(service.user) as at:
        session = at.uow.commands.transaction.session
        so_far = writes(session)
        good = service.command(at)
        yield Stage(service=service, uow=at.uow, good=good, books=Books(session, before, so_far))
