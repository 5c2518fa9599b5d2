"""Which items an answer can depend on: those that bills of materials and alternates tie to what is asked for."""

from collections.abc import Collection, Iterable
from itertools import chain
from typing import Final

from core.planning.snapshot import Bom, ItemAlternates, Snapshot


class Kin:
    """Families of items: two are of one where one is made of the other, may take its place, or both are tied to a
    third. What happens to one family leaves the promises of the others as they are, but for minutes of work centres."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._bom: Final[Bom] = snapshot.bom
        self._alternates: Final[ItemAlternates] = snapshot.alternates
        parents = list(range(len(snapshot.items.code)))
        for one, other in chain(
            zip(self._bom.parent.tolist(), self._bom.component.tolist(), strict=True),
            zip(self._alternates.item.tolist(), self._alternates.alternate.tolist(), strict=True),
        ):
            parents[_head(parents, one)] = _head(parents, other)
        self._members = dict[int, list[int]]()
        self._family = [_head(parents, item) for item in range(len(parents))]
        for item, family in enumerate(self._family):
            self._members.setdefault(family, []).append(item)

    def is_of(self, snapshot: Snapshot) -> bool:
        """Whether these are the families of a reading."""
        return snapshot.bom is self._bom and snapshot.alternates is self._alternates

    def of(self, items: Iterable[int], *, most: int) -> Collection[int] | None:
        """All items (positions) of the families of these; None where they are more than `most`."""
        found = set[int]()
        for family in {self._family[item] for item in items}:
            found.update(self._members[family])
            if len(found) > most:
                return None
        return found


def _head(parents: list[int], item: int) -> int:
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item
