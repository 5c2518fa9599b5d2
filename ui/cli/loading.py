"""`expediter load`: put a company into the database that commands work on without --pack."""

from pathlib import Path
from typing import Annotated

import typer

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.databases import load_company, main_urls, read_with_overlays
from core.config import read_config
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.printing import count, print_json, say
from ui.cli.reports import pack_json, print_pack


def load_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A company pack: a folder of CSV files.")],
    mapping: options.Mapping = None,
    quarantine: options.Quarantine = False,
    overlays: options.Overlays = False,
    as_json: options.Json = False,
) -> None:
    """Load a company pack into the configured database, or the embedded one, once. It is not read again."""
    with failures_said():
        config = read_config()
        reading = read_with_overlays(folder, mapping=mapping, quarantine=quarantine, overlays=overlays)
        urls = main_urls(config, prepare=prepare_checkpoints)
        loaded = load_company(urls, reading.company, content_hash=reading.content_hash)
        if as_json:
            print_json({"loaded": loaded, "pack": pack_json(reading)})
            return
        print_pack(reading)
        company = reading.company
        say(
            f"{'Loaded' if loaded else 'It was loaded before, nothing was changed'}:"
            f" {count(len(company.items), 'item')}, {count(len(company.sales_orders), 'open order')} with"
            f" {count(len(company.sales_order_lines), 'line')}, as of {company.settings.as_of}."
        )
        if config.environment.expediter_suppliers_url is None:
            say("No supplier can be asked: EXPEDITER_SUPPLIERS_URL is not set.", style="dim")
        say("Next: `expediter users add NAME --role ROLE --token-file FILE` adds who decides, `expediter scan` looks.")
