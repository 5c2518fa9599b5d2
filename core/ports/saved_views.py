"""Storage of the views people keep of lists."""

from typing import Protocol

from core.domain.ids import UserName
from core.domain.saved_views import Listed, SavedView


class SavedViewStore(Protocol):
    """Views by person, list and name; they are no books."""

    def of_user(self, user: UserName, page: Listed) -> tuple[SavedView, ...]:
        """A person's views of a list, by name."""
        ...

    def keep(self, user: UserName, view: SavedView) -> None:
        """Keep one, in place of what has its name."""
        ...

    def forget(self, user: UserName, page: Listed, name: str) -> None:
        """Keep one no more, if it is there."""
        ...
