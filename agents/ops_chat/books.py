"""The names a question may use, read from the core; made anew only when something is called otherwise."""

from agents.ops_chat.names import Kind, NameBook, Named, book_of
from core.domain.overviews import KnownNames


def named_in(known: KnownNames) -> tuple[Named, ...]:
    """What the books call things, as names a question may use."""
    rows = (
        (Kind.CUSTOMER, known.customers),
        (Kind.SUPPLIER, known.suppliers),
        (Kind.ITEM, known.items),
        (Kind.LOCATION, known.locations),
        (Kind.SITE, known.sites),
        (Kind.CENTER, known.centers),
    )
    return tuple(Named(kind=kind, code=one.code, names=(one.name,)) for kind, found in rows for one in found)


class Shelf:
    """The last book that was made."""

    def __init__(self) -> None:
        self._known: KnownNames | None = None
        self._book = book_of(())

    def book(self, known: KnownNames) -> NameBook:
        """The book of these names."""
        if self._known is None or named_in(self._known) != (names := named_in(known)):
            names = named_in(known)
            self._known, self._book = known, book_of(names)
        return self._book
