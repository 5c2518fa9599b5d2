"""Working days walked one by one."""

from core.planning.snapshot import NEVER, Snapshot


def works(books: Snapshot, place: int, day: int) -> bool:
    """Whether a place works on a day; every day beyond those known is one."""
    known, at = books.working_days, day - books.as_of
    return known.size == 0 or not 0 <= at < known.shape[1] or bool(known[place, at])


def after(books: Snapshot, place: int, day: int, days: int) -> int:
    """So many working days on, from the first working day."""
    if day == NEVER:
        return NEVER
    while not works(books, place, day):
        day += 1
    for _ in range(days):
        day += 1
        while not works(books, place, day):
            day += 1
    return day


def back(books: Snapshot, place: int, day: int, days: int) -> int:
    """The last working day from which so many lead to the day at the latest."""
    while not works(books, place, day):
        day -= 1
    for _ in range(days):
        day -= 1
        while not works(books, place, day):
            day -= 1
    return day
