"""`expediter check`: prove the invariants of the books."""

from core.bootstrap.databases import books_here
from core.bootstrap.opening import open_books
from core.config import read_config
from core.services.checking import InvariantResult, check
from ui.cli import options
from ui.cli.failing import DONE, MISSED, failures_said
from ui.cli.printing import print_json, say
from ui.cli.workplace import CLI, PackChoice, workplace


@options.takes_pack
def check_command(choice: PackChoice, as_json: options.Json = False) -> None:
    """Check every invariant: of the pack named, else of the configured database, else of every embedded one."""
    with failures_said():
        results = _of_all() if choice.folder is None else _of_pack(choice)
        if as_json:
            print_json([_as_json(name, result) for name, found in results.items() for result in found])
        elif not results:
            say("There are no books here yet.")
        else:
            for name, found in results.items():
                say(f"{name}:", style="bold")
                say_results(found)
        broken = any(result.broken for found in results.values() for result in found)
        raise SystemExit(MISSED if broken else DONE)


def say_results(results: tuple[InvariantResult, ...]) -> None:
    """One line an invariant, and every breach below it."""
    for result in results:
        say(f"{result.name:>4} {'BROKEN' if result.broken else 'holds '} {result.says}")
        for sentence in result.broken:
            say(f"       {sentence}", style="red")


def _of_pack(choice: PackChoice) -> dict[str, tuple[InvariantResult, ...]]:
    with workplace(choice) as place, place.application.open_uow(CLI) as uow:
        return {str(choice.folder): check(uow)}


def _of_all() -> dict[str, tuple[InvariantResult, ...]]:
    found: dict[str, tuple[InvariantResult, ...]] = {}
    for name, urls in books_here(read_config()).items():
        with open_books(urls.app) as books, books(CLI) as uow:
            found[name] = check(uow)
    return found


def _as_json(name: str, result: InvariantResult) -> dict[str, object]:
    return {"database": name, "name": result.name, "says": result.says, "broken": list(result.broken)}
