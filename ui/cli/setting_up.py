"""`expediter init`: a company's database from nothing: made, filled, with a first person who may decide."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.application import Application, application, fresh_token
from core.bootstrap.databases import LOADER, configured_urls, load_company, main_urls, read_with_overlays
from core.bootstrap.partners import configured_partners
from core.config import Config, read_config
from core.db.roles import RoleUrls
from core.db.schema import migrate
from core.demo.company import write_demo_pack
from core.domain.errors import ConflictError, UsageError
from core.domain.ids import UserName
from core.domain.users import Role, User
from core.services.accounts import add_user
from ui.cli import options
from ui.cli.failing import failures_said
from ui.cli.identity import write_token
from ui.cli.printing import console, count, print_json, say
from ui.cli.workplace import CLI

DEMO_FOLDER = "demo-pack"


@dataclass(slots=True)
class Steps:
    """What was done now, and what was there already."""

    done: list[str] = field(default_factory=list[str])
    kept: list[str] = field(default_factory=list[str])


def init_command(
    pack: Annotated[Path | None, typer.Option("--pack", metavar="DIR", help="Fill it from this company pack.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Fill it with the demo company and its disruptions.")] = False,
    manager: Annotated[str | None, typer.Option(metavar="NAME", help="The first operations manager.")] = None,
    mapping: options.Mapping = None,
    quarantine: options.Quarantine = False,
    token_file: options.TokenFile = None,
    as_json: options.Json = False,
) -> None:
    """Set up the database commands work on: tables, a company, and a first person who may decide. Done again it only
    does what is missing."""
    with failures_said():
        if demo and pack is not None:
            raise UsageError("fill it from --pack DIR or with --demo, not both")
        config, steps = read_config(), Steps()
        with console.status("Preparing the database"):
            urls = _database(config, steps)
        folder = _demo_pack(config) if demo else pack
        if folder is not None:
            _fill(urls, folder, steps, mapping=mapping, quarantine=quarantine, overlays=demo)
        with application(urls, configured_partners(config.environment, ())) as app:
            if manager is not None:
                _first_manager(app, UserName(manager), token_file or config.token_file, steps)
            missing = _missing(app)
        if as_json:
            print_json({"done": steps.done, "there_already": steps.kept, "next": missing})
            return
        for sentence in steps.done:
            say(f"done: {sentence}")
        for sentence in steps.kept:
            say(f"there already: {sentence}", style="dim")
        for sentence in missing:
            say(f"Next: {sentence}")


def _database(config: Config, steps: Steps) -> RoleUrls:
    """The configured database brought up to date, else the embedded one."""
    configured = configured_urls(config)
    if configured is not None:
        migrate(configured)
        prepare_checkpoints(configured)
    urls = main_urls(config, prepare=prepare_checkpoints)
    where = "the configured one" if configured is not None else f"the embedded one in {config.home}"
    steps.done.append(f"the database is ready: {where}, at the newest schema")
    return urls


def _demo_pack(config: Config) -> Path:
    folder = config.home / DEMO_FOLDER
    write_demo_pack(folder)
    return folder


def _fill(
    urls: RoleUrls, folder: Path, steps: Steps, *, mapping: Path | None, quarantine: bool, overlays: bool
) -> None:
    """Load the pack where nothing is there; the same again is nothing to do, another one is somebody's decision."""
    reading = read_with_overlays(folder, mapping=mapping, quarantine=quarantine, overlays=overlays)
    company = reading.company
    with application(urls, configured_partners(read_config().environment, ())) as app, app.open_uow(LOADER) as uow:
        loaded = uow.company.loaded_hash()
    if loaded == reading.content_hash:
        steps.kept.append(f"the company {company.settings.name}")
        return
    if loaded is not None:
        raise ConflictError(
            f"there is a company in this database already; `expediter load {folder}` reconciles a later pack of it, and"
            " `expediter db reset` empties an embedded database"
        )
    load_company(urls, company, content_hash=reading.content_hash)
    steps.done.append(
        f"the company {company.settings.name}: {count(len(company.items), 'item')},"
        f" {count(len(company.sales_orders), 'open order')}, as of {company.settings.as_of}"
    )
    steps.done += [f"noted: {gap}" for gap in reading.gaps[:5]]


def _first_manager(app: Application, name: UserName, token_file: Path, steps: Steps) -> None:
    """Nobody has to agree to the first; a second one is added by `users add`, where somebody does."""
    with app.open_uow(CLI) as uow:
        known = {user.name: user for user in uow.users.all()}
        there = sorted(user.name for user in known.values() if user.is_person and user.active)
    if name in known:
        steps.kept.append(f"{name} ({known[name].role})")
        return
    if there:
        raise ConflictError(
            f"{', '.join(there)} may act here already; `expediter users add {name} --role operations_manager` asks one"
            " of them to agree to another person"
        )
    if token_file.exists():
        raise ConflictError(f"{token_file} holds somebody's token already; name another file with --token-file FILE")
    token = fresh_token()
    with app.open_uow(CLI) as uow:
        add_user(uow, User(name=name, role=Role.OPERATIONS_MANAGER, limit=None), token=token)
    write_token(token_file, token)
    steps.done.append(f"{name} may decide here as operations manager; the token is in {token_file}")


def _missing(app: Application) -> list[str]:
    """What somebody may do next, in order."""
    found: list[str] = []
    with app.open_uow(CLI) as uow:
        people = [user for user in uow.users.all() if user.is_person and user.active]
        loaded, scanned = uow.company.loaded_hash() is not None, uow.cases.last_scan() is not None
    if not loaded:
        found.append("`expediter init --pack DIR` or `--demo` fills it with a company")
    if not people:
        found.append("`expediter init --manager NAME` lets a first person decide")
    if loaded and not scanned:
        found.append("`expediter scan` looks for promises at risk")
    if loaded and scanned:
        found.append("`expediter cases` lists what is at risk, `expediter resolve --all` works ways out")
    if len(people) == 1:
        found.append("`expediter users add NAME --role ROLE --token-file FILE`: plans above the limit need two people")
    return found
