"""Bad input through every service: refused with a code and a short sentence, and nothing has changed."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event, text

from core.domain.errors import DomainError, InvariantBrokenError, StorageUnavailableError
from tests.core.services.corpus.badness import Bad
from tests.core.services.corpus.conftest import Sit
from tests.core.services.corpus.placing import Place, places, put
from tests.core.services.corpus.selling import SELLING
from tests.core.services.corpus.shipping import SHIPPING
from tests.core.services.corpus.sitting import Service, Sitting
from tests.core.services.corpus.supplying import SUPPLYING

SERVICES = (*SELLING, *SHIPPING, *SUPPLYING)
LONGEST_MESSAGE = 600
ACCEPTED = "accepted"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


class Books:
    """What is in every table, read again only when something was sent to the database that was not undone since."""

    def __init__(self, at: Sitting) -> None:
        self.session = at.uow.commands.transaction.session
        self.sent: list[int] = [0]  # statements, by savepoint
        connection = self.session.connection()
        event.listen(connection, "before_cursor_execute", self._statement)
        event.listen(connection, "savepoint", lambda *_: self.sent.append(0))
        event.listen(connection, "rollback_savepoint", lambda *_: self.sent.pop())
        event.listen(connection, "release_savepoint", lambda *_: self._released())
        tables = self.session.scalars(text(TABLES)).all()
        parts = (f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 1)) FROM \"{name}\" t" for name in tables)
        self.query = text(" UNION ALL ".join(parts))
        self.known = self.read()

    def read(self) -> list[tuple[Any, ...]]:
        """How many rows every table has, and what is in them."""
        return sorted(tuple(row) for row in self.session.execute(self.query))

    def unchanged(self) -> bool:
        """Whether all is as it was."""
        if not self.sent[-1]:
            return True
        now = self.read()
        self.sent[-1] = 0
        return now == self.known

    def _statement(self, *_: object) -> None:
        self.sent[-1] += 1

    def _released(self) -> None:
        inner = self.sent.pop()
        self.sent[-1] += inner


def outcome(at: Sitting, service: Service, books: Books, make: Callable[[], Any]) -> str | None:
    """What is wrong with how the service answered, if anything; accepted when it did what was asked."""
    try:
        service.run(at.uow, make())
    except DomainError as error:
        if isinstance(error, InvariantBrokenError | StorageUnavailableError):
            return f"{error.code}: {error.message[:200]}"
        if len(error.message) > LONGEST_MESSAGE:
            return f"a message of {len(error.message)} characters"
        return None if books.unchanged() else "changed something"
    except Exception as error:  # noqa: BLE001  any other one is what we look for
        return f"{type(error).__name__}: {str(error)[:200]}"
    return ACCEPTED


def tried(at: Sitting, service: Service, books: Books, good: Any, place: Place, bad: Bad) -> str | None:
    """What is wrong with the answer to one bad value at one place."""
    if bad.never:
        return outcome(at, service, books, lambda: put(good, place.steps, bad.value))
    undo = books.session.begin_nested()
    wrong = outcome(at, service, books, lambda: put(good, place.steps, bad.value))
    undo.rollback()
    return None if wrong == ACCEPTED else wrong


PROVEN = frozenset(
    [
        "enter_order",
        "validate_order",
        "place_quote",
        "amend",
        "preview_amendment",
        "cancel_order",
        "record_contact",
        "add_recurring",
        "end_recurring",
        "publish_prices",
        "publish_discount",
        "end_price",
        "end_discount",
        "override_price",
        "hold_order",
        "release_hold",
        "release_order",
        "make_pick_list",
        "record_picks",
        "reject_shipment",
        "pack_shipment",
        "cancel_shipment",
        "record_tracking",
        "receive_return",
        "exchange_return",
        "acknowledge",
        "change_purchase",
        "cancel_purchase",
        "close_purchase",
        "decide_price",
        "enter_purchase",
        "send_purchase",
        "withdraw_shipment",
    ]
)
"""The services the whole corpus was run through; the others have their scene set and are to be added."""


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_the_command_is_accepted_as_it_is(sit: Sit, service: Service) -> None:
    with sit(service.user) as at:
        good = service.command(at)

        assert outcome(at, service, Books(at), lambda: good) == ACCEPTED


@pytest.mark.parametrize("service", [one for one in SERVICES if one.name in PROVEN], ids=lambda service: service.name)
def test_bad_input_is_refused_and_nothing_changes(sit: Sit, service: Service) -> None:
    with sit(service.user) as at:
        good = service.command(at)
        books = Books(at)
        undo = books.session.begin_nested()
        assert outcome(at, service, books, lambda: good) == ACCEPTED
        undo.rollback()

        found: list[str] = []
        for number, place in enumerate(places(good)):
            for bad in place.bad(number):
                wrong = tried(at, service, books, good, place, bad)
                if wrong is not None:
                    found.append(f"{'.'.join(map(str, place.steps))} ({place.kind}) = {bad.name}: {wrong}")
        if books.read() != books.known:
            found.append("in the end the books have changed")

    assert found == []
