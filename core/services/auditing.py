"""The audit log as a file that proves itself: written line by line, and verified from the file alone or against the
books. Each line is one record, its text escaped; a million of them need no memory."""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO, TypeAlias

from core.domain.audit_chain import AuditHead, AuditLink, AuditSpan, ChainFault, PlacedHead, PlacedLink, chain_faults
from core.ports.storage import UnitOfWork

FORMAT = 1
LONGEST_LINE = 16_000_000
_SPOOLED = 1_000_000
# A chain begun before a file was written may have been committed after it; none takes an hour.
_COMMITTED_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The first line: which links are here, and when it was written."""

    format: int
    written_at: datetime
    since: datetime | None
    until: datetime | None
    scope: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """The last line: how much there is before it, and the SHA-256 of every byte of it."""

    links: int
    chains: int
    seal: str


Record: TypeAlias = Heading | AuditLink | AuditHead | End
_KINDS: Mapping[str, type[Record]] = {"export": Heading, "link": AuditLink, "head": AuditHead, "end": End}
_NUMBERS = frozenset({"format", "sequence", "links", "chains"})
_TIMES = frozenset({"at", "written_at", "since", "until"})
_MAYBE = frozenset({"since", "until", "scope"})


def export_audit(uow: UnitOfWork, file: BinaryIO, wanted: AuditSpan) -> End:
    """Write the links and after them the end of every chain; the seal given is worth keeping elsewhere."""
    seal = hashlib.sha256()

    def write(line: bytes) -> None:
        file.write(line)
        seal.update(line)

    heading = Heading(format=FORMAT, written_at=uow.now, since=wanted.since, until=wanted.until, scope=wanted.scope)
    write(_line("export", asdict(heading)))
    links = chains = 0
    with tempfile.SpooledTemporaryFile(_SPOOLED) as ends:
        for link, end in _with_ends(uow, wanted):
            if link is not None:
                write(_line("link", asdict(link)))
                links += 1
            if end is not None:
                ends.write(_line("head", asdict(end)))
                chains += 1
        ends.seek(0)
        for line in ends:
            write(line)
    end = End(links=links, chains=chains, seal=seal.hexdigest())
    file.write(_line("end", asdict(end)))
    return end


def _with_ends(uow: UnitOfWork, wanted: AuditSpan) -> Iterator[tuple[AuditLink | None, AuditHead | None]]:
    """Each link, with its last one, or alone where there is none, the head of the chain: the books' where the export
    goes up to now, else where it stops."""
    before: tuple[AuditLink | None, AuditHead | None] | None = None
    for link, head in uow.audit.links(wanted):
        if before is not None:
            over = link is None or before[0] is None or link.scope != before[0].scope
            yield before[0], before[1] if over else None
        before = link, head if wanted.until is None or link is None else _end_at(link)
    if before is not None:
        yield before


def _end_at(link: AuditLink) -> AuditHead:
    return AuditHead(scope=link.scope, sequence=link.sequence, hash=link.hash)


def _line(kind: str, record: Mapping[str, object]) -> bytes:
    text = json.dumps({kind: record}, sort_keys=True, separators=(",", ":"), default=_time_text)
    return text.encode("ascii") + b"\n"


def _time_text(value: object) -> str:
    assert isinstance(value, datetime)
    return value.astimezone(UTC).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFault:
    """What is wrong with an export: on which line, of which chain if it is of one."""

    line: int
    says: str
    scope: str | None = None


@dataclass(slots=True)
class VerifiedExport:
    """A file being verified: take its faults, and afterwards its heading is known."""

    opened: Callable[[], BinaryIO]
    seal: str | None = None
    """The seal that was kept elsewhere, if one was."""
    heading: Heading | None = field(default=None, init=False)

    def faults(self) -> Iterator[FileFault]:
        """Everything that is wrong, found in one reading of the links beside one of the heads."""
        with self.opened() as file, self.opened() as again:
            reading = _Reading(file)
            first = next(reading.records(), None)
            self.heading = first[1] if first is not None and isinstance(first[1], Heading) else None
            if self.heading is None:
                yield FileFault(line=1, says="is not the first line of an export of the audit log")
                return
            whole = self.heading.since is None
            for fault in chain_faults(reading.links(), _heads(again), whole=whole):
                yield _in_file(fault)
            yield from reading.faults
            yield from reading.end_faults(self.seal)


class _Reading:
    """One reading of a file from its first line to its last, with what it counted and hashed on the way."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._seal, self._number = file, hashlib.sha256(), 0
        self._links = self._chains = 0
        self._claimed = ""
        self.end: End | None = None
        self.faults: list[FileFault] = []

    def records(self) -> Iterator[tuple[int, Record]]:
        """The lines as records; one that cannot be read, or reads otherwise than it is written, is a fault."""
        while line := self._file.readline(LONGEST_LINE):
            self._number += 1
            if line.startswith(b'{"end"'):
                self._claimed = self._seal.hexdigest()
            self._seal.update(line)
            record = _record(line)
            if self.end is not None:
                self._fault("comes after the end")
            elif record is None:
                self._fault("is not a record as it is written here")
            else:
                yield self._number, record

    def links(self) -> Iterator[PlacedLink]:
        """The links; everything after them is counted and looked at, too."""
        for number, record in self.records():
            match record:
                case AuditLink():
                    if self._chains:
                        self._fault("is a link after the heads")
                    self._links += 1
                    yield number, record
                case AuditHead():
                    self._chains += 1
                case End():
                    self.end = record
                case _:
                    self._fault("begins another export")

    def end_faults(self, kept: str | None) -> Iterator[FileFault]:
        """What the last line says against what was read."""
        if self.end is None:
            yield FileFault(line=self._number, says="is not the end: the file was cut")
            return
        if (self.end.links, self.end.chains) != (self._links, self._chains):
            says = (
                f"says {self.end.links} links and {self.end.chains} heads; there are {self._links} and {self._chains}"
            )
            yield FileFault(line=self._number, says=says)
        if self.end.seal != self._claimed:
            yield FileFault(line=self._number, says="has another seal than the lines before it give")
        if kept is not None and kept != self.end.seal:
            yield FileFault(line=self._number, says="has another seal than the one that was kept")

    def _fault(self, says: str) -> None:
        self.faults.append(FileFault(line=self._number, says=says))


def _record(line: bytes) -> Record | None:
    """What a line holds, None when it is not exactly a line as `export_audit` writes it."""
    try:
        ((kind, held),) = json.loads(line).items()
        record = _KINDS[kind](**{name: _value(name, value) for name, value in held.items()})
        return record if _line(kind, asdict(record)) == line else None
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError, OverflowError):
        return None


def _value(name: str, value: object) -> Any:
    if value is None and name in _MAYBE:
        return None
    if name in _NUMBERS and type(value) is int:
        return value
    if name not in _NUMBERS and isinstance(value, str):
        return datetime.fromisoformat(value) if name in _TIMES else value
    raise ValueError(f"{name} cannot be {value!r}")


def _heads(file: BinaryIO) -> Iterator[PlacedHead]:
    number = 0
    while line := file.readline(LONGEST_LINE):
        number += 1
        if line.startswith(b'{"head"') and isinstance(head := _record(line), AuditHead):
            yield number, head


def _in_file(fault: ChainFault) -> FileFault:
    return FileFault(line=fault.place, scope=fault.scope, says=fault.says)


def against_books(uow: UnitOfWork, verified: VerifiedExport) -> Iterator[FileFault]:
    """What the books say otherwise than a file that is whole in itself: other links, and chains it lacks."""
    assert verified.heading is not None
    heading = verified.heading
    span = AuditSpan(since=heading.since, until=heading.until, scope=heading.scope)
    began = uow.audit.begun_before(heading.written_at - _COMMITTED_WITHIN) if span.everything else iter(())
    expected = next(began, None)
    with verified.opened() as file:
        for number, head in _heads(file):
            while expected is not None and expected < head.scope:
                yield FileFault(line=number, scope=expected, says="is in the books and not in the file")
                expected = next(began, None)
            expected = next(began, None) if expected == head.scope else expected
            kept = uow.audit.kept(head.scope, head.sequence)
            if kept is None or kept.hash != head.hash:
                yield FileFault(
                    line=number, scope=head.scope, says=f"is otherwise in the books at link {head.sequence}"
                )
    while expected is not None:
        yield FileFault(line=0, scope=expected, says="is in the books and not in the file")
        expected = next(began, None)
