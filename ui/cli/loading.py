"""`expediter load`: put a company into the database that commands work on without --pack, or a later pack of it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.application import application
from core.bootstrap.databases import LOADER, main_urls, read_with_overlays
from core.bootstrap.feeding import feed_company
from core.bootstrap.partners import configured_partners
from core.config import Config, read_config
from core.db.roles import RoleUrls
from core.domain.feeds import FeedReport, TableReport
from core.domain.ids import UserName
from core.services.packs.reading import PackReading
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import person
from ui.cli.printing import console, count, print_json, say, table
from ui.cli.reports import pack_json, print_pack
from ui.cli.workplace import CLI

_KINDS = ("new", "changed", "unchanged", "closed", "awaiting", "matched", "conflicts")


def load_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A company pack: a folder of CSV files.")],
    mapping: options.Mapping = None,
    quarantine: options.Quarantine = False,
    overlays: options.Overlays = False,
    as_json: options.Json = False,
    user: options.User = None,
    token_file: options.TokenFile = None,
) -> None:
    """Load a company pack into the configured database, or the embedded one; a later pack of the same company is
    reconciled with what is there, by somebody who may load packs. The same pack again changes nothing."""
    with failures_said():
        config = read_config()
        reading = read_with_overlays(folder, mapping=mapping, quarantine=quarantine, overlays=overlays)
        urls = main_urls(config, prepare=prepare_checkpoints)
        by = _loader(urls, config, user=user, token_file=token_file)
        report = feed_company(urls, reading.company, content_hash=reading.content_hash, by=by)
        if as_json:
            loaded = report is None or report.applied
            print_json({"loaded": loaded, "reconciled": feed_json(report), "pack": pack_json(reading)})
            return
        print_pack(reading)
        _say_loaded(reading, report)
        if config.environment.expediter_suppliers_url is None:
            say("No supplier can be asked: EXPEDITER_SUPPLIERS_URL is not set.", style="dim")
        say("Next: `expediter users add NAME --role ROLE --token-file FILE` adds who decides, `expediter scan` looks.")


def _loader(urls: RoleUrls, config: Config, *, user: str | None, token_file: Path | None) -> UserName:
    """Who loads: a person with proof, once there is anybody who may agree to changes of master data."""
    with application(urls, configured_partners(config.environment, ())) as app:
        with app.open_uow(CLI) as uow:
            set_up = uow.master_data.somebody_may_agree()
        if not set_up and user is None and token_file is None:
            return LOADER
        return person(app, user=user, token_file=token_file or config.token_file).name


def print_feed(report: FeedReport) -> None:
    """What came of every table with something to tell, then each conflict and what awaits the ERP."""
    console.print(feed_table(report))
    for conflict in report.conflicts:
        text = f"  conflict: {conflict.subject}: {conflict.kind}; the pack says {conflict.said}, here {conflict.held}"
        say(text, style="yellow")
    for effect in report.awaiting:
        say(f"  awaiting ERP: {effect.reference} {effect.expected}, since {effect.since}", style="dim")


def feed_table(report: FeedReport) -> Table:
    """What came of every table with something to tell."""
    told = [one for one in report.tables if any(_counts(one)[kind] for kind in _KINDS if kind != "unchanged")]
    columns = (("table", "left"), *((kind, "right") for kind in _KINDS))
    rows = [(one.table.replace("_", " "), *(f"{_counts(one)[kind]:,}" for kind in _KINDS)) for one in told]
    return table("Reconciled", columns, rows)


def feed_json(report: FeedReport | None) -> dict[str, object] | None:
    """The same as JSON values."""
    if report is None:
        return None
    return {
        "applied": report.applied,
        "as_of": report.as_of,
        "tables": {one.table: _counts(one) for one in report.tables},
        "conflicts": [
            {"kind": one.kind.value, "subject": one.subject, "said": one.said, "held": one.held}
            for one in report.conflicts
        ],
        "awaiting": [effect.reference for effect in report.awaiting],
    }


def _say_loaded(reading: PackReading, report: FeedReport | None) -> None:
    company = reading.company
    if report is None:
        begins = "Loaded"
    elif report.applied:
        print_feed(report)
        begins = "Reconciled with what was there"
    else:
        begins = "It was loaded before, nothing was changed"
    say(
        f"{begins}: {count(len(company.items), 'item')}, {count(len(company.sales_orders), 'open order')} with"
        f" {count(len(company.sales_order_lines), 'line')}, as of {company.settings.as_of}."
    )


def _counts(one: TableReport) -> dict[str, int]:
    return {kind: getattr(one, kind) for kind in _KINDS}
