"""Command lines in files: whether the command they begin is one of ours, with options it has."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

from tests.architecture.tree import ROOT
from ui.cli.main import app

DEPLOY = ROOT / "docs" / "deploy"
PROGRAM = "/opt/expediter/venv/bin/expediter"


def understood(words: Sequence[str]) -> dict[str, Any]:
    """The values a command takes from these words; an error where there is no such command, option or value."""
    command, rest = get_command(app), list(words)
    while isinstance(command, TyperGroup):
        command = command.commands[rest.pop(0)]
    return dict(command.make_context(" ".join(words), rest).params)


def text_of(name: str) -> str:
    return Path(DEPLOY / name).read_text(encoding="utf-8")
