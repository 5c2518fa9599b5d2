"""The demo company as a pack of its own at home, for commands a newcomer tries without having books."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from core.bootstrap.application import fresh_token
from core.bootstrap.databases import configured_urls
from core.config import read_config
from core.demo.company import write_demo_pack
from core.demo.sizes import Size
from core.domain.errors import NotFoundError, UsageError
from core.domain.ids import UserName
from core.domain.users import Role, User
from core.planning.rules import ScanRules
from core.services.accounts import add_user
from core.services.scanning import ScanCommand, scan
from ui.cli.identity import person
from ui.cli.printing import console
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace

Demo = Annotated[bool, typer.Option("--demo", help="Work on the demo company, in a database of its own.")]
DEMO_PLANNER = UserName("demo.planner")
_FOLDER = "demo-company"
_NO_BOOKS = (
    "No company is loaded here yet, so this is the demo company (as with --demo); `expediter load DIR` loads yours."
)


def on_demo(choice: PackChoice, *, wanted: bool) -> PackChoice:
    """The choice, or the demo company's pack at home with what goes wrong in it, which is written the first time."""
    if not wanted:
        return choice
    if choice.words:
        raise UsageError("--demo works on the demo company; leave out --pack and what goes with it")
    folder = read_config().home / _FOLDER
    if not (folder / "pack.toml").exists():
        _write(folder)
    return replace(choice, folder=folder, overlays=True)


@contextmanager
def books(choice: PackChoice, *, demo: bool) -> Generator[tuple[Workplace, bool]]:
    """The place to work in, and whether it is the demo company: wanted, or there for want of books in an embedded
    database nobody has filled. A configured database that is empty is refused: nobody works on a demo by mistake."""
    with workplace(on_demo(choice, wanted=demo)) as place:
        if demo or _has_books(place):
            yield place, demo
            return
        if configured_urls(place.config) is not None:
            raise UsageError(
                "this database holds no company yet: try it on the demo company with --demo, name your pack with"
                " --pack DIR, or load one with `expediter load DIR`"
            )
    sys.stderr.write(f"{_NO_BOOKS}\n")
    with workplace(on_demo(choice, wanted=True)) as place:
        yield place, True


def _has_books(place: Workplace) -> bool:
    try:
        with place.application.open_uow(CLI) as uow:
            uow.company.settings()
    except NotFoundError:
        return False
    return True


def somebody(place: Workplace, *, is_demo: bool, user: str | None, token_file: Path | None) -> User | None:
    """The person at the terminal, proven; who proves nothing is the demo company's planner on the demo company, and
    nobody elsewhere. Who tries to prove something and fails is told so."""
    file = token_file or place.config.token_file
    if user is not None or token_file is not None or (file.exists() and not is_demo):
        return person(place.application, user=user, token_file=file)
    return _demo_planner(place) if is_demo else None


def settling(place: Workplace, *, is_demo: bool, user: str | None, token_file: Path | None) -> User:
    """Somebody who may settle a draft; AuthenticationError says what to do where nobody is proven."""
    known = somebody(place, is_demo=is_demo, user=user, token_file=token_file)
    return known or person(place.application, user=user, token_file=token_file or place.config.token_file)


def _demo_planner(place: Workplace) -> User:
    """A planner who may propose and enter orders on the demo company, where everything is made up; deciding on a plan
    is somebody else's."""
    with place.application.open_uow(CLI) as uow:
        known = {one.name: one for one in uow.users.all()}
        planner = User(name=DEMO_PLANNER, role=Role.PLANNER, limit=Decimal(0))
        return known.get(DEMO_PLANNER) or add_user(uow, planner, token=fresh_token())


def scan_once(place: Workplace) -> None:
    """Questions are about cases, too: books nobody has scanned are scanned first."""
    with place.application.open_uow(CLI) as uow:
        if uow.cases.last_scan() is None:
            with console.status("Scanning the books"):
                scan(uow, ScanCommand(rules=ScanRules()))


def _write(folder: Path) -> None:
    with console.status("Writing the demo company"):
        folder.mkdir(parents=True, exist_ok=True)
        write_demo_pack(folder, size=Size.FULL)
