"""`expediter serve`: the API and the console on this machine, with a one-time password."""

import gc
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from agents.worker.machines import Machines
from agents.worker.models import model_settings
from agents.worker.running import Terms, working
from core.bootstrap.application import fresh_password, fresh_salt, fresh_token
from core.config import read_config
from core.demo.company import write_demo_pack
from core.domain.errors import UsageError
from core.domain.users import Role, User
from core.planning.rules import ScanRules
from core.services.accounts import add_user, clear_password, hash_password, set_password
from core.services.promising import prepare
from core.services.scanning import ScanCommand, scan
from ui.api.entrance import configured_entrance
from ui.api.listening import LOOPBACK
from ui.api.proxies import networks
from ui.api.serve import PORT, serve
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.logs import log_as_configured
from ui.cli.printing import say
from ui.cli.shifts import open_shift
from ui.cli.users import OPERATOR
from ui.cli.workplace import CLI, PackChoice, Workplace, workplace
from ui.logs.lines import Level, watched

_OPERATOR_LIMIT = Decimal(250_000)


def serve_command(
    pack: options.Pack = None,
    mapping: options.Mapping = None,
    overlays: options.Overlays = False,
    demo: Annotated[bool, typer.Option("--demo", help="Serve the demo company with its disruptions.")] = False,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Another than this machine's needs a proxy.")] = LOOPBACK,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where all of it listens.")] = PORT,
    no_console: Annotated[bool, typer.Option("--no-console", help="The API alone.")] = False,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Leave jobs to `expediter worker`.")] = False,
) -> None:
    """Serve the API and the console on one port of this machine, with a worker, until Ctrl-C."""
    with ExitStack() as stack:
        stack.enter_context(failures_said())
        place = stack.enter_context(workplace(_choice(pack, mapping, overlays, demo), resident=True))
        environment = place.config.environment
        log_as_configured(environment, otherwise=Level.WARNING if watched() else Level.INFO)
        entrance = configured_entrance(environment)
        shift = stack.enter_context(open_shift(place))
        if not no_worker:
            _scan_first(place)
        _settle(place)
        stop = shift.worker.draining.ask
        if not no_worker:
            stop = stack.enter_context(working(shift, Terms(concurrency=1))).stop
        serve(
            place.application,
            worker=shift.worker,
            make_operator=lambda: stack.enter_context(operator(place)),
            say=say,
            machines=Machines(app=place.application, models=model_settings(environment)),
            entrance=entrance,
            host=host,
            port=port,
            proxies=networks(environment.expediter_trusted_proxies),
            plain_webhooks=environment.expediter_webhooks_to_loopback,
            console=not no_console,
            on_stop=stop,
        )


def _choice(pack: Path | None, mapping: Path | None, overlays: bool, demo: bool) -> PackChoice:
    if not demo:
        return PackChoice(folder=pack, mapping=mapping, overlays=overlays)
    if pack is not None:
        raise UsageError("--demo serves the demo company, so --pack cannot be used with it")
    folder = read_config().home / "demo-company"
    write_demo_pack(folder)
    return PackChoice(folder=folder, overlays=True)


def _settle(place: Workplace) -> None:
    """What stays as long as the server is no garbage: the collector need not look through the books, and hold up
    whoever asks, each time."""
    with place.application.open_uow(CLI) as uow:
        if uow.company.loaded_hash() is not None:
            prepare(uow)
    gc.collect()
    gc.freeze()


def _scan_first(place: Workplace) -> None:
    """A database that was never scanned has no cases to show."""
    with place.application.open_uow(CLI) as uow:
        known = uow.company.loaded_hash() is not None
        if known and uow.cases.last_scan() is None:
            scan(uow, ScanCommand(rules=ScanRules()))
    if not known:
        say("This database holds no company yet: `expediter load DIR` puts one there; --demo serves another.")


@contextmanager
def operator(place: Workplace) -> Generator[tuple[str, str]]:
    """The local operations manager and a fresh password, which is taken away when the block ends."""
    password = fresh_password()
    password_hash = hash_password(password, salt=fresh_salt())
    with place.application.open_uow(CLI) as uow:
        found = {user.name: user for user in uow.users.all()}.get(OPERATOR)
        if found is None:
            user = User(name=OPERATOR, role=Role.OPERATIONS_MANAGER, limit=_OPERATOR_LIMIT)
            found = add_user(uow, user, token=fresh_token(), password_hash=password_hash)
        elif found.active:
            set_password(uow, OPERATOR, password_hash=password_hash)
    if not found.active:
        raise UsageError(
            f"user {OPERATOR!r} may not act yet, or no longer; `expediter users activate {OPERATOR}` asks for it,"
            f" `expediter users agree {OPERATOR}` agrees to it"
        )
    try:
        yield OPERATOR, password
    finally:
        with place.application.open_uow(CLI) as uow:
            clear_password(uow, OPERATOR, password_hash=password_hash)
