"""A view of resident books: changed freely, compared with the books, and thrown away."""

from dataclasses import dataclass, field

from core.planning.effects.applying import applied
from core.planning.effects.events import Event
from core.planning.snapshot import Snapshot
from core.planning.whatif.comparing import followed, netted_again
from core.planning.whatif.difference import Difference
from core.planning.whatif.errors import NotFollowed
from core.planning.whatif.passing import follow
from core.planning.whatif.resident import Resident
from core.planning.whatif.staging import stage
from core.planning.whatif.state import State

_MOST_EVENTS = 400
"""Beyond so many at once netting everything is quicker."""


@dataclass(slots=True, kw_only=True)
class View:
    """`events` are those of the view so far; `why` the books are netted as a whole, "" while changes are followed."""

    resident: Resident
    events: list[Event] = field(default_factory=list[Event])
    why: str = ""
    state: State | None = None

    def change(self, *events: Event) -> Difference:
        """Let these happen together, after all that happened before: how the lines stand now that stood otherwise in
        the books. NotFoundError or ConflictError where an event does not fit the books as they are in this view (the
        view is then of no more use); what netting refuses is refused."""
        self.events.extend(events)
        if not self.why:
            try:
                return self._followed(events)
            except NotFollowed as turn:
                self.why = str(turn)
        return netted_again(self.resident, self.snapshot(), why=self.why)

    def snapshot(self) -> Snapshot:
        """The books as they are in this view."""
        return applied(self.resident.snapshot, self.events)

    def _followed(self, events: tuple[Event, ...]) -> Difference:
        index = self.resident.index
        if index is None:
            raise NotFollowed(self.resident.coupled)
        if len(events) > _MOST_EVENTS:
            raise NotFollowed(f"more than {_MOST_EVENTS} things change at once")
        if self.state is None:
            self.state = State(resident=self.resident, index=index, next=index.nodes.size)
        for event in events:
            stage(self.state, event)
        follow(self.state)
        return followed(self.state)


def view_of(resident: Resident) -> View:
    """A view in which nothing has changed yet."""
    return View(resident=resident)
