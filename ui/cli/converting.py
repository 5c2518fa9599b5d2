"""`expediter convert`: another planning system's model, a JSON fixture, written as a company pack."""

from pathlib import Path
from typing import Annotated

import typer

from core.domain.errors import UsageError
from core.services.packs.fixtures.reading import FixtureReading, read_fixture
from core.services.packs.writing import write_pack
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import count, print_json, say


def convert_command(
    fixture: Annotated[Path, typer.Argument(metavar="FILE", help="A frePPLe model: a JSON list of {model, fields}.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the pack is written; it must be empty.")],
    as_json: options.Json = False,
) -> None:
    """Write a planning model of frePPLe as a company pack, with all that is assumed and left out in its pack.toml."""
    with failures_said():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{str(folder)!r} is not empty; accepted is a new folder or an empty one")
        reading = read_fixture(fixture)
        write_pack(folder, reading.company)
        if as_json:
            print_json(_as_json(reading, folder))
            return
        company = reading.company
        for sentence in company.settings.assumptions:
            say(f"  assumed: {sentence}", style="dim")
        say(
            f"Written to {folder}: {count(len(company.items), 'item')}, {count(len(company.locations), 'location')},"
            f" {count(len(company.sales_orders), 'open order')}, as of {company.settings.as_of}."
        )
        say(f"Next: `expediter load {folder}`, or `expediter scan --pack {folder}`.")


def _as_json(reading: FixtureReading, folder: Path) -> dict[str, object]:
    company = reading.company
    return {
        "written": str(folder),
        "items": len(company.items),
        "locations": len(company.locations),
        "orders": len(company.sales_orders),
        "assumptions": list(reading.assumptions),
        "left_out": list(reading.left_out),
    }
