"""An export of the audit log proves itself: whatever is done to the file is found, with its line and chain."""

import hashlib
import json
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest

from core.domain.audit_chain import GENESIS, AuditSpan, link_hash
from core.services.auditing import FileFault, VerifiedExport, against_books, export_audit
from tests.desk import Desk

SCOPES = ("case:A", "case:B", "order:7", "ordér:\n8")


def noted(desk: Desk, links: int = 40) -> None:
    """Chains of different lengths, with text that would break lines if it were not escaped."""
    for number in range(links):
        with desk.open() as uow:
            scope = SCOPES[number % len(SCOPES)]
            uow.audit.note(
                scope=scope, event="noted", subject="S\u2028", facts={"n": number, "text": "a\nb\0".strip("\0")}
            )
        desk.clock.pass_by(minutes=1)


def exported(desk: Desk, span: AuditSpan | None = None) -> bytes:
    out = BytesIO()
    with desk.open() as uow:
        export_audit(uow, out, span or AuditSpan())
    return out.getvalue()


def faults(content: bytes, seal: str | None = None) -> list[FileFault]:
    return list(VerifiedExport(lambda: BytesIO(content), seal).faults())


def sealed(lines: list[bytes]) -> bytes:
    """The file with counts and seal as they must be: what somebody makes who knows how it is written."""
    body = [line for line in lines if not line.startswith(b'{"end"')]
    held = {
        "chains": sum(line.startswith(b'{"head"') for line in body),
        "links": sum(line.startswith(b'{"link"') for line in body),
        "seal": hashlib.sha256(b"".join(body)).hexdigest(),
    }
    return b"".join(body) + json.dumps({"end": held}, separators=(",", ":")).encode() + b"\n"


def test_an_export_is_whole_and_has_a_record_a_line(desk: Desk) -> None:
    noted(desk)

    content = exported(desk)

    lines = content.splitlines(keepends=True)
    kinds = [next(iter(json.loads(line))) for line in lines]
    assert kinds == sorted(kinds, key=["export", "link", "head", "end"].index)
    assert content.isascii()
    assert sealed(lines) == content
    assert faults(content) == []


def edited(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    at = rng.randrange(len(lines))
    place = rng.randrange(len(lines[at]))
    changed = bytes([(lines[at][place] + rng.randrange(1, 256)) % 256])
    return [*lines[:at], lines[at][:place] + changed + lines[at][place + 1 :], *lines[at + 1 :]]


def deleted(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    at = rng.randrange(len(lines))
    return lines[:at] + lines[at + 1 :]


def inserted(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    at = rng.randrange(len(lines) + 1)
    return [*lines[:at], rng.choice(lines), *lines[at:]]


def reordered(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    one, other = rng.sample(range(len(lines)), 2)
    moved = list(lines)
    moved[one], moved[other] = moved[other], moved[one]
    return moved


def truncated(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    return [b"".join(lines)[: rng.randrange(sum(map(len, lines)))]]


@pytest.mark.parametrize("tamper", [edited, deleted, inserted, reordered, truncated])
def test_every_tamper_is_found(desk: Desk, tamper: Callable[[random.Random, list[bytes]], list[bytes]]) -> None:
    noted(desk)
    content = exported(desk)
    lines = content.splitlines(keepends=True)
    rng = random.Random(17)

    missed = list[int]()
    for number in range(200):
        changed = b"".join(tamper(rng, lines))
        if changed != content and not faults(changed):
            missed.append(number)

    assert missed == []


def value_edited(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    at = rng.choice([place for place, line in enumerate(lines) if line.startswith((b'{"link"', b'{"head"'))])
    kind, held = next(iter(json.loads(lines[at]).items()))
    name = rng.choice(sorted(held))
    held[name] = held[name] + 1 if isinstance(held[name], int) else held[name].replace(held[name][-1], "7") + "1"
    line = json.dumps({kind: held}, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    return [*lines[:at], line, *lines[at + 1 :]]


def link_deleted(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    at = rng.choice([place for place, line in enumerate(lines) if line.startswith((b'{"link"', b'{"head"'))])
    return lines[:at] + lines[at + 1 :]


def link_inserted(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    middle = [place for place, line in enumerate(lines) if line.startswith((b'{"link"', b'{"head"'))]
    return [*lines[: (at := rng.choice(middle))], lines[rng.choice(middle)], *lines[at:]]


def links_swapped(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    one, other = rng.sample([place for place, line in enumerate(lines) if line.startswith((b'{"link"', b'{"head"'))], 2)
    moved = list(lines)
    moved[one], moved[other] = moved[other], moved[one]
    return moved


@pytest.mark.parametrize("tamper", [value_edited, link_deleted, link_inserted, links_swapped])
def test_a_tamper_under_a_new_seal_is_found_by_the_chains(
    desk: Desk, tamper: Callable[[random.Random, list[bytes]], list[bytes]]
) -> None:
    noted(desk)
    lines = exported(desk).splitlines(keepends=True)
    rng = random.Random(4)

    missed = [number for number in range(200) if not faults(sealed(tamper(rng, lines)))]

    assert missed == []


def test_a_fault_says_line_and_chain(desk: Desk) -> None:
    noted(desk)
    lines = exported(desk).splitlines(keepends=True)
    at = next(place for place, line in enumerate(lines) if b'"scope":"case:A","sequence":3' in line)

    changed = lines[at].replace(b'"actor":"', b'"actor":"x')

    found = faults(sealed([*lines[:at], changed, *lines[at + 1 :]]))
    assert found == [FileFault(line=at + 1, scope="case:A", says="is broken at link 3")]


def test_a_chain_left_out_under_a_new_seal_is_found_by_the_seal_that_was_kept_and_by_the_books(desk: Desk) -> None:
    noted(desk)
    desk.clock.pass_by(hours=2)
    lines = exported(desk).splitlines(keepends=True)
    seal = json.loads(lines[-1])["end"]["seal"]

    content = sealed([line for line in lines if b'"scope":"case:B"' not in line])

    assert faults(content) == []
    (by_seal,) = faults(content, seal)
    assert by_seal.says == "has another seal than the one that was kept"
    verified = VerifiedExport(lambda: BytesIO(content))
    assert list(verified.faults()) == []
    with desk.open() as uow:
        found = [(fault.scope, fault.says) for fault in against_books(uow, verified)]
    assert found == [("case:B", "is in the books and not in the file")]


def written_anew(lines: list[bytes], scope: str) -> bytes:
    """The export with another actor throughout a chain, each of its links and its head hashed to fit."""
    changed, previous = list[bytes](), GENESIS
    for line in lines:
        ((kind, held),) = json.loads(line).items()
        if held.get("scope") == scope and kind == "link":
            at = datetime.fromisoformat(held["at"])
            fresh = {**held, "actor": "somebody", "previous": previous}
            previous = link_hash(**{name: value for name, value in fresh.items() if name not in {"at", "hash"}}, at=at)
            held = {**fresh, "hash": previous}
        elif held.get("scope") == scope:
            held = {**held, "hash": previous}
        changed.append(json.dumps({kind: held}, sort_keys=True, separators=(",", ":")).encode() + b"\n")
    return sealed(changed)


def test_an_export_agrees_with_books_that_went_on_and_a_chain_written_anew_does_not(desk: Desk) -> None:
    noted(desk)
    content = exported(desk)
    forged = written_anew(content.splitlines(keepends=True), "case:A")
    noted(desk)

    found = dict[str, list[tuple[str | None, str]]]()
    for name, held in {"true": content, "forged": forged}.items():
        verified = VerifiedExport(lambda held=held: BytesIO(held))
        assert list(verified.faults()) == []
        with desk.open() as uow:
            found[name] = [(fault.scope, fault.says) for fault in against_books(uow, verified)]

    assert found == {"true": [], "forged": [("case:A", "is otherwise in the books at link 10")]}


def test_a_span_of_time_and_one_chain_are_whole_on_their_own(desk: Desk) -> None:
    began = desk.clock.now
    noted(desk)
    middle = AuditSpan(since=began + timedelta(minutes=10), until=began + timedelta(minutes=30))

    part, chain = exported(desk, middle), exported(desk, AuditSpan(scope="case:A"))

    assert faults(part) == []
    links = [json.loads(line)["link"] for line in part.splitlines() if line.startswith(b'{"link"')]
    assert [json.loads(link["facts"])["n"] for link in sorted(links, key=lambda link: link["at"])] == list(
        range(10, 30)
    )
    assert faults(chain) == []
    assert {json.loads(line)["link"]["scope"] for line in chain.splitlines() if line.startswith(b'{"link"')} == {
        "case:A"
    }


@pytest.mark.parametrize(
    "content",
    [b"", b"\n", b"[]\n", b'{"export":1}\n', b"\xff\xfe", b"[" * 100_000, b'{"export":{},"export":{}}\n'],
    ids=["nothing", "a line", "a list", "a number", "no text", "deep", "twice"],
)
def test_what_is_no_export_is_said_to_be_none(content: bytes) -> None:
    assert faults(content) == [FileFault(line=1, says="is not the first line of an export of the audit log")]
