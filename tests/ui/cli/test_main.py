"""The edge of the program: help for every command, a reader that leaves, and faults nobody foresaw."""

import re
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from tests.builders import MARIA, transfer
from tests.ui.cli.offices import Office
from tests.ui.cli.processes import Processes
from tests.ui.cli.terminal import expediter
from ui.cli.main import app


def commands(group: object, *words: str) -> list[tuple[str, ...]]:
    """Every command and group of commands, as words."""
    if not isinstance(group, TyperGroup):
        return [words]
    return [words, *(found for name, one in group.commands.items() for found in commands(one, *words, name))]


@pytest.mark.parametrize("words", commands(get_command(app)), ids=lambda words: " ".join(words) or "expediter")
def test_every_command_has_help_that_fits(words: tuple[str, ...]) -> None:
    ran = expediter(*words, "--help", environment={})

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: {' '.join(('expediter', *words))} ")
    about = ran.out.split("\n\n")[1].strip()
    assert re.fullmatch(r"[A-Z].*\.", about, re.DOTALL)
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize("words", [(), ("db",), ("users",)], ids=lambda words: " ".join(words) or "expediter")
def test_a_group_alone_shows_its_help(words: tuple[str, ...]) -> None:
    ran = expediter(*words, environment={})

    assert ran.code == 2
    assert "Commands:" in ran.out + ran.err


def test_a_reader_that_leaves_does_not_stop_the_work(here: Office, processes: Processes) -> None:
    with here.desk() as desk:
        approval = desk.proposed(transfer(), root="asked by hand")
    words = ("approve", approval.id, "--hash", approval.plan_hash, "--token-file", here.token_of(MARIA))

    shown, done, listed = (
        processes.unread(here.environment, *one) for one in (("case", "CASE-1"), words, ("scan", "--json"))
    )

    closed = processes.unread(here.environment, "cases", "--json", closed=True)

    assert [(one.code, one.err) for one in (shown, done, listed, closed)] == [(0, "")] * 4
    assert here.rows("SELECT state FROM approvals") == [("executed",)]


def test_a_fault_nobody_foresaw_is_one_line_and_a_file(here: Office) -> None:
    with here.desk() as desk:
        desk.alter("UPDATE cases SET detected = '{}' WHERE id = 1")

    ran = here.run("case", "CASE-1")

    assert (ran.code, ran.out, ran.errors) == (1, "", ["internal_error"])
    (line,) = ran.err.splitlines()
    file = Path(line.rpartition(" ")[2])
    assert "Traceback (most recent call last)" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    file.unlink()
