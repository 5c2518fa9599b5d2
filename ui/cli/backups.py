"""`expediter backup` and `expediter restore`: the books as one file that says what is in it, and back again."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.status import Status

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.backups import prove_backup, restore_backup, take_backup
from core.bootstrap.databases import MAIN_DATABASE, configured_urls
from core.config import Config, read_config
from core.db.backup import Manifest, read_manifest
from ui.cli import options
from ui.cli.asking import agreed
from ui.cli.failing import failures_said
from ui.cli.printing import console, count, print_json, say

Database = Annotated[str, typer.Option(help="Which embedded database; with DATABASE_URL it is that one.")]
_ALONE = "Only restore it beside the books, compare and check it, and drop it again."


def backup_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file that is written.")],
    database: Database = MAIN_DATABASE,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite the file if it is there.")] = False,
    unproven: Annotated[
        bool, typer.Option("--no-prove", help="Do not restore it beside the books to prove it.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Write the books to one file while everybody goes on working, and prove that it can be restored."""
    with failures_said():
        config = read_config()
        with console.status("Backing up") as status:
            manifest = take_backup(
                config,
                file,
                database=database,
                now=datetime.now(UTC),
                program=version("expediter"),
                replace=replace,
                say=_into(status),
            )
            if not unproven:
                prove_backup(config, file, prepare=prepare_checkpoints, say=_into(status))
        if as_json:
            print_json({"file": str(file), "proven": not unproven, **manifest.model_dump(mode="json")})
            return
        say(f"{file} holds {_words(manifest)}.")
        say(
            "It was not tried. `expediter restore FILE --check` does that."
            if unproven
            else "It was restored beside the books: all rows and audit chains are there, every invariant holds."
        )
        say("Keep it elsewhere, and as safe as the database: it holds all that is in it.")


def restore_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `expediter backup` wrote.")],
    database: Database = MAIN_DATABASE,
    check: Annotated[bool, typer.Option("--check", help=_ALONE)] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before it takes the place of the books.")] = False,
    as_json: options.Json = False,
) -> None:
    """Put a backup in the place of the books, compared and checked first; it begins halted, and what was there is kept
    under another name."""
    with failures_said():
        config = read_config()
        if check:
            _tried(config, file, as_json=as_json)
            return
        embedded = configured_urls(config) is None
        found = _words(read_manifest(file))
        question = f"Put {found}, in the place of the embedded database {database!r}?"
        if embedded and not yes and not agreed(question, otherwise="--yes restores without asking"):
            say("Nothing was changed.")
            return
        with console.status("Restoring") as status:
            manifest, restored, kept = restore_backup(
                config,
                file,
                database=database,
                now=datetime.now(UTC),
                prepare=prepare_checkpoints,
                say=_into(status),
            )
        if as_json:
            print_json({"file": str(file), "kept_as": kept, **asdict(restored), **manifest.model_dump(mode="json")})
            return
        say(f"Restored {_words(manifest)}. Every row is there and every invariant holds.")
        if kept is not None:
            say(f"What was there before is the database {kept}.")
        again = count(restored.waiting, "message")
        say(f"Everything is halted, nobody is signed in, and {again} would be sent, some perhaps again.")
        say("Look at them, revoke again what was revoked since (keys, links, people), then `expediter resume`.")


def _tried(config: Config, file: Path, *, as_json: bool) -> None:
    with console.status("Trying") as status:
        manifest = prove_backup(config, file, prepare=prepare_checkpoints, say=_into(status))
    if as_json:
        print_json({"file": str(file), "proven": True, **manifest.model_dump(mode="json")})
    else:
        say(f"{file} holds {_words(manifest)}. It can be restored: all is there and every invariant holds.")


def _into(status: Status) -> Callable[[str], None]:
    return lambda words: status.update(words.capitalize())


def _words(manifest: Manifest) -> str:
    books = f"the books of {manifest.company}" if manifest.company else "empty books"
    contents = manifest.contents
    return (
        f"{books} at {manifest.made_at:%Y-%m-%d %H:%M} UTC: {count(sum(contents.rows.values()), 'row')},"
        f" {count(contents.audit_links, 'audit link')}, {manifest.size:,} bytes"
    )
