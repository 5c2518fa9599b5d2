"""Options that several commands share."""

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated

import typer

from core.demo.sizes import Size
from ui.cli.workplace import PackChoice

Pack = Annotated[
    Path | None, typer.Option("--pack", metavar="DIR", help="Work on this company pack, in a database of its own.")
]
Mapping = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="How to read a pack that has no pack.toml.")
]
Quarantine = Annotated[bool, typer.Option("--quarantine", help="Load the rest and list what was set aside.")]
Overlays = Annotated[bool, typer.Option("--overlays", help="Lay the pack's declared disruptions over it.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Where the change list goes; else change-lists at home.")
]
User = Annotated[
    str | None, typer.Option("--user", metavar="NAME", help="Prove who you are by password instead of the token file.")
]
TokenFile = Annotated[
    Path | None, typer.Option("--token-file", metavar="FILE", help="The file that holds your token, mode 0600.")
]
DemoSize = Annotated[Size, typer.Option("--size", help="How much of the demo company there is.")]


def takes_pack(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that choose a pack; it gets them as one argument, `choice`."""

    @wraps(command)
    def chosen(
        *given: object,
        pack: Path | None,
        mapping: Path | None,
        quarantine: bool,
        overlays: bool,
        **others: object,
    ) -> None:
        choice = PackChoice(folder=pack, mapping=mapping, quarantine=quarantine, overlays=overlays)
        command(*given, choice=choice, **others)

    offered = {"pack": (Pack, None), "mapping": (Mapping, None), "quarantine": (Quarantine, False)}
    offered["overlays"] = (Overlays, False)
    kept = [one for one in inspect.signature(command).parameters.values() if one.name != "choice"]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in offered.items()
    ]
    chosen.__dict__["__signature__"] = inspect.Signature([*kept, *added])
    chosen.__annotations__ = {one.name: one.annotation for one in (*kept, *added)}
    return chosen
