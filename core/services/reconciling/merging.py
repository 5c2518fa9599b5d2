"""Merging of one table: what the ERP said last, what we hold and what it says now, row by row and part by part.

A part that only the ERP changed is taken over, one that only we changed stays and awaits the ERP, one that both changed
to the same value is matched, and one that both changed otherwise is a conflict in which ours stays. A conflict lasts
until one side gives in: a pack that says the same once more does not settle it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.domain.feeds import ConflictKind

Key = tuple[Any, ...]
Backward = Callable[[str, Any, Any], bool]
"""Whether a part may not become what the pack says of it: `(name, ours, theirs)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How rows of a table are told apart and which of their parts are compared; `fixed` ones are never changed."""

    table: str
    key: tuple[str, ...]
    parts: tuple[str, ...]
    fixed: frozenset[str] = frozenset()

    def key_of(self, value: Any) -> Key:
        """The business key of a row."""
        return tuple(getattr(value, name) for name in self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A row that the pack changes."""

    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a row of ours, or with an empty name the whole row; `said` is what the pack has for it."""

    value: Any
    name: str = ""
    said: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What comes of a table. `back` holds parts that the pack takes back although they never go back."""

    shape: Shape
    new: tuple[Any, ...]
    changed: tuple[Change, ...]
    unchanged: int
    gone: tuple[Any, ...]
    awaiting: tuple[Part, ...]
    matched: tuple[Part, ...]
    clashes: tuple[Part, ...]
    back: tuple[Part, ...]


Disputed = Callable[[Shape, Any, str], ConflictKind | None]
"""How a part of a row of ours contradicted the pack before, if it did: `(shape, ours, name)`."""


@dataclass(slots=True, kw_only=True)
class _Parts:
    awaiting: list[Part]
    matched: list[Part]
    clashes: list[Part]
    back: list[Part]

    def still(self, before: ConflictKind | None) -> list[Part]:
        """Where a part goes of which the pack says nothing new: what contradicted before contradicts still."""
        if before is None:
            return self.awaiting
        return self.back if before is ConflictKind.TAKEN_BACK else self.clashes


def merge(
    shape: Shape,
    *,
    base: Iterable[Any],
    ours: Iterable[Any],
    theirs: Iterable[Any],
    backward: Backward,
    disputed: Disputed,
) -> Merged:
    """What comes of the table; the order of the rows makes no difference."""
    before, held, said = _by_key(shape, base), _by_key(shape, ours), _by_key(shape, theirs)
    parts = _Parts(awaiting=[], matched=[], clashes=[], back=[])
    new: list[Any] = []
    gone: list[Any] = []
    changed: list[Change] = []
    for key in sorted(before.keys() | held.keys() | said.keys(), key=str):
        was, own, now = before.get(key), held.get(key), said.get(key)
        if own is None:
            new += [] if now is None else [now]
        elif now is not None:
            merged = _merged(shape, was, own, now, parts, backward, disputed)
            changed += [Change(old=own, new=merged)] if merged != own else []
        elif was is not None:
            gone.append(own)
        else:
            parts.awaiting.append(Part(value=own))
    both = sum(key in held and key in said for key in said)
    return Merged(
        shape=shape,
        new=tuple(new),
        changed=tuple(changed),
        unchanged=both - len(changed),
        gone=tuple(gone),
        awaiting=tuple(parts.awaiting),
        matched=tuple(parts.matched),
        clashes=tuple(parts.clashes),
        back=tuple(parts.back),
    )


def _by_key(shape: Shape, values: Iterable[Any]) -> Mapping[Key, Any]:
    return {shape.key_of(value): value for value in values}


def _merged(shape: Shape, was: Any, own: Any, now: Any, parts: _Parts, backward: Backward, disputed: Disputed) -> Any:
    """Our row with what it takes over from the pack."""
    taken: dict[str, Any] = {}
    if was is None:
        parts.matched.append(Part(value=own))
    for name in shape.parts:
        mine, said = getattr(own, name), getattr(now, name)
        last = mine if was is None else getattr(was, name)
        part = Part(value=own, name=name, said=said)
        if mine == said:
            parts.matched += [part] if mine != last else []
        elif was is not None and said == last:
            parts.still(disputed(shape, own, name)).append(part)
        elif mine == last and was is not None:
            if name in shape.fixed or backward(name, mine, said):
                parts.back.append(part)
            else:
                taken[name] = said
        else:
            parts.clashes.append(part)
    return replace(own, **taken) if taken else own
