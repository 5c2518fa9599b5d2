"""How much machines do with their keys: so many calls a minute, so much work a day, counted for all processes."""

from datetime import datetime, timedelta

from core.domain.errors import LimitReachedError
from core.domain.identity import ApiKey
from core.ports.storage import UnitOfWork


def count_use(uow: UnitOfWork, key: ApiKey, *, weight: int) -> None:
    """Count a call that comes to so much of the day's work. LimitReachedError, and nothing counted, where it is one too
    many; it says when to come back. Days are those of UTC."""
    minute = uow.now.replace(second=0, microsecond=0)
    used = uow.identity.count_use(key.id, minute=minute, weight=weight)
    if used.calls > key.per_minute:
        _refuse(uow.now, minute + timedelta(minutes=1), f"key {key.id} makes at most {key.per_minute:,} calls a minute")
    if used.spent > key.per_day:
        tomorrow = minute.replace(hour=0, minute=0) + timedelta(days=1)
        left = key.per_day - used.spent + weight
        _refuse(
            uow.now,
            tomorrow,
            f"key {key.id} does work of at most {key.per_day:,} a day; {left:,} are left and this takes {weight:,}",
        )


def _refuse(now: datetime, again: datetime, why: str) -> None:
    wait = int((again - now).total_seconds()) + 1
    raise LimitReachedError(f"{why}; come back in {wait:,} seconds, at {again:%Y-%m-%d %H:%M} UTC", retry_after=wait)
