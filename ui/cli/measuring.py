"""Commands that other packages add: those of the entry-point group `expediter.commands`, so that ui imports nothing
above it."""

from importlib.metadata import entry_points
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

GROUP = "expediter.commands"


class Extensible(TyperGroup):
    """A group of commands that takes up those of the entry points when it is made, which is after every import."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
            self.add_command(get_command(point.load()), point.name)
