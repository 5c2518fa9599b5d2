"""What every row of master data has: why it is no longer in use, empty while it is."""

from sqlalchemy.orm import Mapped


class Closing:
    """A row that a later pack no longer has is closed with a reason and never deleted."""

    closed: Mapped[str | None]
