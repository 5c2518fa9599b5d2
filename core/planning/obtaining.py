"""What can be had at all."""

from core.planning.snapshot import Flags, Snapshot


def obtainable(snapshot: Snapshot) -> Flags:
    """Items that are made, or that an approved supplier sells."""
    found = snapshot.items.make.copy()
    found[snapshot.sources.item] = True
    return found
