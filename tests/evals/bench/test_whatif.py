"""The benchmark of what-ifs follows every event as netting as a whole would; its times are not looked at here."""

from random import Random

from core.planning.effects.events import Event, StockSet
from core.planning.rules import Policy, ScanRules
from core.planning.whatif.comparing import netted_again
from core.planning.whatif.resident import Resident
from core.planning.whatif.view import view_of
from evals.bench.book import SMALL
from evals.bench.whatif import QUICK, drawn, lines_of, run
from tests.core.planning.adventureworks import adventureworks
from tests.evals.bench.promised import missing


def test_events_drawn_on_the_synthetic_book_are_followed_and_equal_to_a_full_net() -> None:
    measured = {figure.name: figure.value for figure in run(400, QUICK, seed=3, shape=SMALL)}

    assert (measured["equal_to_full"], measured["followed_share"]) == (1, 1)
    assert missing("whatif", measured) == set()


def test_events_on_adventureworks_are_followed_one_after_the_other_and_equal_to_a_full_net() -> None:
    books = adventureworks()
    resident = Resident.of(books, ScanRules(policy=Policy.FIRST_COME, pool_locations=True))
    events = {_row(event): event for event in drawn(books, 44, Random(7))}
    view, found = view_of(resident), None

    for number, event in enumerate(events.values(), start=1):
        found = view.change(event)
        if number % 11 == 0:
            again = netted_again(resident, view.snapshot(), why="to compare")
            assert (found.path, lines_of(found) == lines_of(again)) == ("incremental", True)

    assert found is not None
    assert found.lines > 0


def _row(event: Event) -> tuple[object, ...]:
    """What an event is about; of two about one row only the last is kept, as both were drawn for the books."""
    if isinstance(event, StockSet):
        return event.item, event.location
    return getattr(event, "order", None), getattr(event, "number", None), getattr(event, "line", 1)
