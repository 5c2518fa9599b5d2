"""Covering needs: how much of an item is in stock, and what comes when, so that every need is met in good time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """By `day` (days after the as-of date) so many units in all must have been there."""

    day: int
    in_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Units in stock, and receipts as (day, units)."""

    on_hand: int
    receipts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How a place is supplied: stock for the first days, then a receipt for so many days' needs, so many days early,
    in lots."""

    stocked: int
    every: int
    early: int
    lot: int = 1


def needs_in_turn(units: Iterable[tuple[int, int]]) -> tuple[Need, ...]:
    """Needs from (day, units) in the order in which they are served, whatever their days: a unit wanted early that
    stands late in line wants all before it to have come as well."""
    total = 0
    in_all: dict[int, int] = {}
    for day, count in units:
        total += count
        in_all[day] = total
    needs: list[Need] = []
    highest = 0
    for day in sorted(in_all):
        highest = max(highest, in_all[day])
        needs.append(Need(day=day, in_all=highest))
    return tuple(needs)


def cover(needs: Sequence[Need], *, safety: int, habit: Habit) -> Cover:
    """Stock for the first days and the safety stock, then receipts ahead of the needs."""
    supplied = _by(needs, habit.stocked)
    on_hand = supplied + safety
    receipts: list[tuple[int, int]] = []
    for need in needs:
        if need.in_all > supplied:
            lacking = _by(needs, need.day + habit.every) - supplied
            units = -(-lacking // habit.lot) * habit.lot
            receipts.append((max(1, need.day - habit.early), units))
            supplied += units
    return Cover(on_hand=on_hand, receipts=tuple(receipts))


def _by(needs: Sequence[Need], day: int) -> int:
    return max((need.in_all for need in needs if need.day <= day), default=0)
