"""Commands of packages above ui are taken up through the entry-point group, and ui imports none of them."""

from importlib.metadata import entry_points

from typer.core import TyperGroup
from typer.main import get_command

from ui.cli.main import app
from ui.cli.measuring import GROUP


def test_every_entry_point_is_a_group_of_commands() -> None:
    whole = get_command(app)

    assert isinstance(whole, TyperGroup)
    groups = {point.name: whole.commands[point.name] for point in entry_points(group=GROUP)}
    assert {"bench", "eval"} <= groups.keys()
    assert all(isinstance(group, TyperGroup) and group.commands for group in groups.values())
