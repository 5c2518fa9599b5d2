"""Buffers at the terminal: stored and taken back, and what plans count on now."""

from collections.abc import Mapping

from core.domain.ids import SupplierCode
from core.ports.storage import UnitOfWork
from core.services.buffering import ApplyBuffers, BufferSet, RemoveBuffers, apply_buffers, remove_buffers
from core.services.scorecards import Scoring
from ui.cli.printing import count, print_json, say


def changed(uow: UnitOfWork, scoring: Scoring, *, supplier: str | None, remove: bool) -> tuple[BufferSet, ...]:
    """Store the days of the scorecards, or take them back; of one supplier or of all."""
    if remove:
        return remove_buffers(uow, RemoveBuffers(supplier=supplier))
    return apply_buffers(uow, ApplyBuffers(supplier=supplier, percent=scoring.percent, days=scoring.days))


def set_json(done: BufferSet) -> dict[str, object]:
    """What became of a buffer, as data."""
    held = done.buffer
    return {
        "supplier": held.supplier,
        "before": done.before,
        "days": held.days,
        "share": held.percent,
        "version": held.number,
        "by": held.set_by,
    }


def print_changed(done: tuple[BufferSet, ...], *, as_json: bool) -> None:
    """What became of them, for a person or as data."""
    if as_json:
        print_json([set_json(one) for one in done])
        return
    for one in done:
        held = one.buffer
        after = f"counted on {count(held.days, 'day')} after its word" if held.days else "counted on by its word"
        say(f"{held.supplier}: {after}, {count(one.before, 'day')} before (version {held.number})")
    say("Plans, scans and promises follow at once." if done else "Nothing to change: the buffers are so already.")


def print_stored(stored: Mapping[SupplierCode, int], *, of: SupplierCode | None) -> None:
    """The buffers plans count on, of one supplier or of all."""
    for code, days in sorted(stored.items()):
        if of in (None, code):
            say(f"{code} is counted on {count(days, 'day')} after its word; --remove takes that back")
