"""What is noted becomes links of the audit chains in the order in which it was noted; of a command, together."""

from dataclasses import dataclass

import psycopg
import pytest

from core.db.roles import dsn_of
from core.domain.audit_chain import GENESIS, link_hash
from core.domain.errors import InvalidValueError
from core.ports.storage import UnitOfWork
from tests.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command."""

    key: str


def say(uow: UnitOfWork, scope: str, *events: str) -> None:
    for event in events:
        uow.audit.note(scope=scope, event=event, subject="S", facts={"b": 1, "a": "ü"})


def test_every_note_links_to_the_one_before_it_in_its_scope(desk: Desk) -> None:
    def act(uow: UnitOfWork) -> str:
        say(uow, "one", "first", "second")
        say(uow, "two", "second")
        return "done"

    with desk.open() as uow:
        say(uow, "two", "first")
        uow.commands.once("K-1", Asked(key="K-1"), str, lambda: act(uow))
        at, actor = uow.now, uow.actor

    previous, linked = GENESIS, list[str]()
    for sequence, event in enumerate(("first", "second"), start=1):
        facts = '{"a": "ü", "b": 1}'
        previous = link_hash(
            previous=previous, scope="two", sequence=sequence, actor=actor, event=event, subject="S", facts=facts, at=at
        )
        linked.append(previous)
    with desk.open() as uow:
        assert [event for _, _, event, _, _ in uow.audit.trail("one")] == ["first", "second"]
    assert hashes(desk, "two") == linked


def hashes(desk: Desk, scope: str) -> list[str]:
    """The chain as it is kept; its head is its last link."""
    with psycopg.connect(dsn_of(desk.urls.owner)) as connection:
        links = connection.execute("SELECT hash FROM audit_log WHERE scope = %s ORDER BY sequence", (scope,)).fetchall()
        head = connection.execute("SELECT hash FROM audit_heads WHERE scope = %s", (scope,)).fetchall()
    assert head == links[-1:]
    return [hashed for (hashed,) in links]


def test_what_a_command_noted_is_in_the_chain_for_who_looks_meanwhile(desk: Desk) -> None:
    def act(uow: UnitOfWork) -> str:
        say(uow, "one", "first")
        assert [event for _, _, event, _, _ in uow.audit.trail("one")] == ["first"]
        say(uow, "one", "second")
        return "done"

    with desk.open() as uow:
        uow.commands.once("K-1", Asked(key="K-1"), str, lambda: act(uow))

    with desk.open() as uow:
        assert [event for _, _, event, _, _ in uow.audit.trail("one")] == ["first", "second"]


def test_what_was_noted_by_a_command_that_failed_is_forgotten_with_it(desk: Desk) -> None:
    def fail(uow: UnitOfWork) -> str:
        say(uow, "one", "undone")
        raise InvalidValueError("not like this", field="key")

    with desk.open() as uow:
        say(uow, "one", "before")
        with pytest.raises(InvalidValueError):
            uow.commands.once("K-1", Asked(key="K-1"), str, lambda: fail(uow))
        say(uow, "one", "after")

    with desk.open() as uow:
        assert [event for _, _, event, _, _ in uow.audit.trail("one")] == ["before", "after"]


def test_what_was_noted_before_a_command_that_failed_is_kept_even_if_that_wrote_it(desk: Desk) -> None:
    def fail(uow: UnitOfWork) -> str:
        say(uow, "one", "undone")
        uow.audit.trail("one")
        raise InvalidValueError("not like this", field="key")

    def act(uow: UnitOfWork) -> str:
        say(uow, "one", "before")
        with pytest.raises(InvalidValueError):
            uow.commands.once("K-2", Asked(key="K-2"), str, lambda: fail(uow))
        say(uow, "one", "after")
        return "done"

    with desk.open() as uow:
        uow.commands.once("K-1", Asked(key="K-1"), str, lambda: act(uow))

    with desk.open() as uow:
        assert [event for _, _, event, _, _ in uow.audit.trail("one")] == ["before", "after"]
