"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Pack = Annotated[
    Path | None, typer.Option("--pack", metavar="DIR", help="Work on this company pack, in a database of its own.")
]
Mapping = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="How to read a pack that has no pack.toml.")
]
Quarantine = Annotated[bool, typer.Option("--quarantine", help="Load the rest and list what was set aside.")]
Overlays = Annotated[bool, typer.Option("--overlays", help="Lay the pack's declared disruptions over it.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
User = Annotated[
    str | None, typer.Option("--user", metavar="NAME", help="Prove who you are by password instead of the token file.")
]
TokenFile = Annotated[
    Path | None, typer.Option("--token-file", metavar="FILE", help="The file that holds your token, mode 0600.")
]
