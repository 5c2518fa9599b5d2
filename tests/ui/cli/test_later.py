"""Commands are imported when they are called, those of packages above ui too, through the entry-point group."""

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from ui.cli.later import GROUP, LaterGroup
from ui.cli.main import app


def test_every_entry_point_is_a_group_of_commands() -> None:
    whole = get_command(app)

    assert isinstance(whole, TyperGroup)
    groups = {point.name: whole.commands[point.name] for point in entry_points(group=GROUP)}
    assert {"bench", "eval"} <= groups.keys()
    assert all(isinstance(group, TyperGroup) and group.commands for group in groups.values())


def groups_of_later() -> list[LaterGroup]:
    whole = get_command(app)
    assert isinstance(whole, LaterGroup)
    return [whole, *(one for one in whole.commands.values() if isinstance(one, LaterGroup))]


@pytest.mark.parametrize("group", groups_of_later(), ids=lambda group: group.name)
def test_what_is_said_of_a_command_before_it_is_imported_is_what_it_says_itself(group: LaterGroup) -> None:
    said = {name: place.help for name, place in group.places.items()}
    themselves = {name: " ".join((group.commands[name].help or "").split()) for name in group.places}

    assert {name: text for name, text in said.items() if not themselves[name].startswith(text)} == {}
    assert all(text.endswith(".") for text in said.values())


def test_help_imports_no_command() -> None:
    script = (
        "import sys; from ui.cli.main import app; app(['--help'], standalone_mode=False); print(sys.modules.keys())"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    listed, imported = ran.stdout.rsplit("dict_keys", 1)
    assert "  bench " in listed
    assert [name for name in ("langgraph", "fastapi", "ui.cli.cases", "core.db.rows") if f"'{name}'" in imported] == []
