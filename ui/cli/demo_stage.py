"""The stage of the demo: a database of its own, sandbox partners, demo approvers, and a clock that stands still."""

import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from filelock import FileLock, Timeout

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.application import application
from core.bootstrap.databases import fresh_database, load_company, read_with_overlays
from core.bootstrap.partners import sandbox_partners
from core.config import read_config
from core.demo.company import write_demo_pack
from core.demo.happenings.playing import play
from core.demo.offers import demo_suppliers
from core.demo.sizes import Size
from core.domain.ids import UserName
from core.domain.users import Role, User
from core.services.packs.overlay_files import read_overlays
from core.services.packs.overlays import suppliers_out
from ui.cli.printing import console, say
from ui.cli.workplace import CLI, PackChoice, Workplace, check_choice

APPROVERS = (UserName("demo approver"), UserName("second demo approver"))
DEMO_DATABASE = "demo"
_LIMIT = Decimal(1_000_000)
_OPENS = time(8, 0, tzinfo=UTC)
_HASH_DIGITS = 16


@contextmanager
def alone(file: Path, *, tell: Callable[[str], object]) -> Generator[None]:
    """A demo begins by emptying its database, so it waits for another one that uses it, and says so."""
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell("Another demo is under way here; this one begins when it ends. Ctrl-C gives up.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a demo plays, and its time, which stands still until somebody moves it. `played` says that more went wrong
    after the books were read."""

    place: Workplace
    times: list[datetime]
    played: bool

    def sleep(self) -> datetime:
        """A day goes by; the time after it."""
        self.times.append(self.times[-1] + timedelta(days=1))
        return self.times[-1]


@contextmanager
def stage(choice: PackChoice, *, seed: int, size: Size = Size.FULL) -> Generator[Stage]:
    """The demo's own database, emptied first, whatever DATABASE_URL says. The time is eight in the morning of the
    company's business date, so that the same books tell the same story."""
    check_choice(choice)
    config = read_config()
    with ExitStack() as stack, console.status("Starting the database and loading the company") as progress:
        folder = choice.folder
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="expediter-demo-")))
            write_demo_pack(folder, seed=seed, size=size)
        reading = read_with_overlays(folder, mapping=choice.mapping, quarantine=choice.quarantine, overlays=True)
        name = DEMO_DATABASE if choice.folder is None else f"demo_{reading.content_hash[:_HASH_DIGITS]}"
        stack.enter_context(alone(config.home / f"{name}.lock", tell=_tell))
        urls = fresh_database(config, name, prepare=prepare_checkpoints)
        load_company(urls, reading.company, content_hash=reading.content_hash)
        morning = datetime.combine(reading.company.settings.as_of, _OPENS)
        happened = play(urls.app, reading.company, now=morning) if choice.folder is None and size is Size.FULL else ()
        out = suppliers_out(read_overlays(folder))
        partners = stack.enter_context(sandbox_partners(demo_suppliers(reading.company, out=out)))
        times = [morning]
        app = stack.enter_context(application(urls, partners, frozen=lambda: times[-1]))
        with app.open_uow(CLI) as uow:
            for approver in APPROVERS:
                user = User(name=approver, role=Role.OPERATIONS_MANAGER, limit=_LIMIT, demo=True)
                uow.users.add(user, password_hash=None, token_hash=None)
        progress.stop()
        if happened:
            kinds = len({one.type for one in happened})
            say(f"{len(happened)} things of {kinds} kinds go wrong after the books were read.")
        place = Workplace(config=config, application=app, choice=choice, reading=reading)
        yield Stage(place=place, times=times, played=bool(happened))
