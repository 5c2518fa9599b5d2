"""The arithmetic of the audit chains: what the hash of a link covers, and whether links and heads fit together."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

GENESIS = "0" * 64


def link_hash(
    *, previous: str, scope: str, sequence: int, actor: str, event: str, subject: str, facts: str, at: datetime
) -> str:
    """The hash of one link of the audit chain: SHA-256 over all its fields and the link before."""
    fields = [previous, scope, sequence, actor, event, subject, facts, at.astimezone(UTC).isoformat()]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLink:
    """One link as it is kept."""

    scope: str
    sequence: int
    actor: str
    event: str
    subject: str
    facts: str
    at: datetime
    previous: str
    hash: str

    def hashed_again(self, *, sequence: int, previous: str) -> str:
        """Its hash if it stood at this place, after this link."""
        return link_hash(
            previous=previous,
            scope=self.scope,
            sequence=sequence,
            actor=self.actor,
            event=self.event,
            subject=self.subject,
            facts=self.facts,
            at=self.at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """The end of a chain: number and hash of its last link."""

    scope: str
    sequence: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSpan:
    """Which links are wanted: from the first at or after `since` to the last before `until`, of all chains or one."""

    since: datetime | None = None
    until: datetime | None = None
    scope: str | None = None

    @property
    def everything(self) -> bool:
        """Nothing is left out."""
        return self == AuditSpan()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFault:
    """Where a chain is not whole: at which place, and why."""

    scope: str
    says: str
    place: int


PlacedLink: TypeAlias = tuple[int, AuditLink]
PlacedHead: TypeAlias = tuple[int, AuditHead]
"""With where it stands: its place among all, or the line of a file."""


def chain_faults(
    links: Iterable[PlacedLink], heads: Iterable[PlacedHead], *, whole: bool = True
) -> Iterator[ChainFault]:
    """What is wrong with chains, links and heads both in the order of scopes: every link is hashed again, every end is
    compared with its head. Chains that are not `whole` may begin in their middle. Nothing is kept but one link."""
    waiting, last = _Heads(heads), None
    for place, link in links:
        if last is not None and link.scope != last[1].scope:
            yield from waiting.compared(*last)
        yield from _link_faults(place, link, last and last[1], whole=whole)
        last = place, link
    if last is not None:
        yield from waiting.compared(*last)
    yield from waiting.left()


class _Heads:
    """Heads in the order of scopes, taken as the ends of chains come by."""

    def __init__(self, heads: Iterable[PlacedHead]) -> None:
        self._rest = iter(heads)
        self._next = next(self._rest, None)

    def compared(self, place: int, last: AuditLink) -> Iterator[ChainFault]:
        """What is wrong with the end of a chain, and with chains before it of which there is only the head."""
        while self._next is not None and self._next[1].scope < last.scope:
            yield from self._alone(*self._next)
        if self._next is None or self._next[1].scope != last.scope:
            yield ChainFault(scope=last.scope, place=place, says="has no head")
            return
        head = self._next[1]
        if (last.sequence, last.hash) != (head.sequence, head.hash):
            says = f"ends at link {last.sequence}, its head says {head.sequence}"
            yield ChainFault(scope=last.scope, place=place, says=says)
        self._next = next(self._rest, None)

    def left(self) -> Iterator[ChainFault]:
        """The heads of which no link came by."""
        while self._next is not None:
            yield from self._alone(*self._next)

    def _alone(self, place: int, head: AuditHead) -> Iterator[ChainFault]:
        if (head.sequence, head.hash) != (0, GENESIS):  # else it was begun and nothing was written to it
            says = f"ends at link 0, its head says {head.sequence}"
            yield ChainFault(scope=head.scope, place=place, says=says)
        self._next = next(self._rest, None)


def _link_faults(place: int, link: AuditLink, last: AuditLink | None, *, whole: bool) -> Iterator[ChainFault]:
    if last is not None and link.scope == last.scope:
        expected = last.sequence + 1, last.hash
    elif last is not None and link.scope < last.scope:
        yield ChainFault(scope=link.scope, place=place, says=f"link {link.sequence} is out of order")
        return
    else:
        expected = (1, GENESIS) if whole else (link.sequence, link.previous)
    sequence, previous = expected
    again = link.hashed_again(sequence=sequence, previous=previous)
    if (link.sequence, link.previous, link.hash) != (sequence, previous, again):
        yield ChainFault(scope=link.scope, place=place, says=f"is broken at link {link.sequence}")
