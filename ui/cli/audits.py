"""`expediter audit`: the audit log as a file that proves itself, and its verification."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from core.domain.audit_chain import AuditSpan
from core.domain.errors import UsageError
from core.services.auditing import FileFault, VerifiedExport, against_books, export_audit
from core.services.checking import AUDIT_CHAINS, check_one
from ui.cli import options
from ui.cli.checking import say_results
from ui.cli.failing import DONE, MISSED, failures_said
from ui.cli.printing import print_json, say
from ui.cli.workplace import CLI, PackChoice, workplace

app = typer.Typer(help="The audit log as a file that proves itself.", no_args_is_help=True)
_SHOWN = 20
_FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]
_SINCE, _UNTIL = "From the first link of this time on, in UTC.", "Up to the last link before this time, in UTC."


@app.command("export")
@options.takes_pack
def export_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file that is written; it must not be there yet.")],
    choice: PackChoice,
    since: Annotated[datetime | None, typer.Option("--since", formats=_FORMATS, metavar="TIME", help=_SINCE)] = None,
    until: Annotated[datetime | None, typer.Option("--until", formats=_FORMATS, metavar="TIME", help=_UNTIL)] = None,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="CHAIN", help="One chain, such as case:CASE-17.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Write the audit log as JSON, a record a line, ending with the heads of the chains and a seal."""
    with failures_said(), workplace(choice) as place:
        wanted = AuditSpan(since=_utc(since), until=_utc(until), scope=scope)
        try:
            with file.open("xb") as out, place.application.open_uow(CLI) as uow:
                end = export_audit(uow, out, wanted)
        except OSError as error:
            raise UsageError(f"{str(file)!r} cannot be written: {error.strerror}; name a new file") from error
        if as_json:
            print_json(asdict(end))
        else:
            say(f"{end.links} links of {end.chains} chains are in {file}. Keep its seal elsewhere:")
            say(end.seal)


@app.command("verify")
@options.takes_pack
def verify_command(
    choice: PackChoice,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="An export; the books themselves if none.")
    ] = None,
    against: Annotated[bool, typer.Option("--against-books", help="Compare the file with the books, too.")] = False,
    seal: Annotated[
        str | None, typer.Option("--seal", metavar="SEAL", help="The seal kept when it was written.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Hash every chain of an export, or of the books, again; exit code 1 when one is not whole."""
    with failures_said():
        if file is None:
            raise SystemExit(_verify_books(choice, as_json=as_json))
        faults = list(islice(_faults(choice, file, against=against, seal=seal), _SHOWN))
        if as_json:
            print_json(
                {"file": str(file), "faults": [{"line": f.line, "scope": f.scope, "says": f.says} for f in faults]}
            )
        elif not faults:
            say(f"{file} is whole.")
        for fault in () if as_json else faults:
            say(f"line {fault.line}: {fault.scope + ' ' if fault.scope else ''}{fault.says}", style="red")
        raise SystemExit(MISSED if faults else DONE)


def _verify_books(choice: PackChoice, *, as_json: bool) -> int:
    with workplace(choice) as place, place.application.open_uow(CLI) as uow:
        results = (check_one(uow, AUDIT_CHAINS),)
    broken = [sentence for result in results for sentence in result.broken]
    if as_json:
        print_json({"file": None, "faults": [{"line": None, "scope": None, "says": said} for said in broken]})
    else:
        say_results(results)
    return MISSED if broken else DONE


def _faults(choice: PackChoice, file: Path, *, against: bool, seal: str | None) -> Iterator[FileFault]:
    if not file.is_file():
        raise UsageError(f"there is no file {str(file)!r}")
    verified = VerifiedExport(lambda: file.open("rb"), seal)
    sound = True
    for fault in verified.faults():
        sound = False
        yield fault
    if against and sound:
        with workplace(choice) as place, place.application.open_uow(CLI) as uow:
            yield from against_books(uow, verified)


def _utc(time: datetime | None) -> datetime | None:
    return time.replace(tzinfo=UTC) if time is not None else None
