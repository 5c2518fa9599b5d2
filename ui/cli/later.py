"""Commands that are imported when they are called: whoever asks for one does not wait for all of them."""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, ClassVar

from typer import Typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

GROUP = "expediter.commands"
"""The entry-point group by which packages above ui add commands."""


@dataclass(frozen=True, slots=True)
class Later:
    """Where a command is, as `module:name`, and its help in one sentence."""

    place: str
    help: str

    def load(self) -> Any:
        """The function of the command, or the group."""
        module, _, name = self.place.partition(":")
        return getattr(import_module(module), name)


class Commands(MutableMapping[str, Any]):
    """Commands by name, each built when it is first asked for."""

    def __init__(self, places: Mapping[str, Later | EntryPoint]) -> None:
        self._places = dict(places)
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            self._built[name] = _built(name, self._places[name].load())
        return self._built[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._built[name] = command

    def __delitem__(self, name: str) -> None:
        self._built.pop(name, None)
        self._places.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._places, *self._built]))

    def __len__(self) -> int:
        return len(set(self._places) | set(self._built))


class LaterGroup(TyperGroup):
    """A group of such commands; a subclass names them. With `extensible` those of the entry points come after them."""

    places: ClassVar[Mapping[str, Later]] = {}
    extensible: ClassVar[bool] = False

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        points = entry_points(group=GROUP) if self.extensible else ()
        added = {point.name: point for point in sorted(points, key=lambda point: point.name)}
        self.commands = Commands({**self.places, **added})

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order in which people meet them."""
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, from what is said of them here: none is imported for it."""
        names = self.list_commands(ctx)
        limit = formatter.width - 6 - max(map(len, names))
        rows = [(name, self._about(name).get_short_help_str(limit)) for name in names]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def _about(self, name: str) -> Any:
        place = self.places.get(name)
        return self.commands[name] if place is None else TyperCommand(name=name, help=place.help)


def _built(name: str, loaded: Any) -> Any:
    """The command of a function, or the group of a Typer, as it is built under a parent like ours."""
    parent = Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_show_locals=False)
    parent.callback()(_nothing)
    if isinstance(loaded, Typer):
        parent.add_typer(loaded, name=name)
    else:
        parent.command(name)(loaded)
    group = get_command(parent)
    assert isinstance(group, TyperGroup), "a Typer with a callback is a group"
    return group.commands[name]


def _nothing() -> None:
    """A parent of one command is a group only with a callback."""
