"""Which database a command works on: the configured one, the embedded one, or one made for a company pack."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from core.bootstrap.opening import open_books
from core.config import Config
from core.db.embedded import Server, create_database, database_exists, drop_database, list_databases, start
from core.db.loading.statistics import gather_statistics
from core.db.roles import RoleUrls, role_urls
from core.db.schema import check_schema, migrate, revision
from core.domain.company import Company
from core.domain.ids import UserName
from core.services.accounts import add_programs
from core.services.agreeing import check_may_load
from core.services.packs.overlay_files import overlays_hash, read_overlays
from core.services.packs.overlays import apply_overlays
from core.services.packs.reading import PackReading, read_pack

MAIN_DATABASE = "expediter"
LOADER = UserName("loader")
_HASH_DIGITS = 24

Prepare = Callable[[RoleUrls], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDatabase:
    """The database of a company pack; `loaded` says that it was filled just now."""

    name: str
    urls: RoleUrls
    reading: PackReading
    loaded: bool


def embedded_server(config: Config) -> Server:
    """The embedded server of this home folder, started if it is not running."""
    return start(config.home)


def configured_urls(config: Config) -> RoleUrls | None:
    """The database named by DATABASE_URL, None when the embedded one is to be used."""
    environment = config.environment
    if environment.database_url is None:
        return None
    return role_urls(
        environment.database_url,
        app=environment.database_url_app,
        agent=environment.database_url_agent,
        checkpoint=environment.database_url_checkpoint,
        visitor=environment.database_url_visitor,
    )


def main_urls(config: Config, *, prepare: Prepare) -> RoleUrls:
    """The database commands work on without --pack: the configured one as it is, or the embedded one, migrated.

    `prepare` sets up what other layers keep in the database (the agents' checkpoints). SchemaMismatchError when the
    configured one is at another revision than this program works on, or the embedded one was made by a newer program.
    """
    configured = configured_urls(config)
    if configured is not None:
        check_schema(configured)
        return configured
    with FileLock(config.home / "databases.lock"):
        return _prepared(embedded_server(config), MAIN_DATABASE, prepare)


def pack_database(
    config: Config,
    folder: Path,
    *,
    mapping: Path | None,
    quarantine: bool,
    overlays: bool,
    prepare: Prepare,
) -> PackDatabase:
    """The embedded database that holds this pack, loaded if its files or mapping changed; never the configured one."""
    reading = read_with_overlays(folder, mapping=mapping, quarantine=quarantine, overlays=overlays)
    name = f"pack_{reading.content_hash[:_HASH_DIGITS]}"
    with FileLock(config.home / "databases.lock"):
        urls = _prepared(embedded_server(config), name, prepare)
        loaded = load_company(urls, reading.company, content_hash=reading.content_hash)
        if loaded:
            gather_statistics(urls)
    return PackDatabase(name=name, urls=urls, reading=reading, loaded=loaded)


def read_with_overlays(folder: Path, *, mapping: Path | None, quarantine: bool, overlays: bool) -> PackReading:
    """The pack, with its declared disruptions laid over it when asked; the content hash covers what was done."""
    reading = read_pack(folder, mapping=mapping, quarantine=quarantine)
    kinds = f"quarantine={quarantine}"
    company = reading.company
    if overlays:
        declared = read_overlays(folder)
        company = apply_overlays(company, declared)
        kinds += f" overlays={overlays_hash(declared)}"
    content_hash = hashlib.sha256(f"{reading.content_hash} {kinds}".encode()).hexdigest()
    return replace(reading, company=company, content_hash=content_hash)


def fresh_database(config: Config, name: str, *, prepare: Prepare) -> RoleUrls:
    """An embedded database of this name with nothing in it; one that is there is dropped."""
    with FileLock(config.home / "databases.lock"):
        drop_database(embedded_server(config), name)
        return _prepared(embedded_server(config), name, prepare)


def books_here(config: Config) -> dict[str, RoleUrls]:
    """The books this home folder knows: the configured database, or every embedded one that is migrated."""
    configured = configured_urls(config)
    if configured is not None:
        return {"DATABASE_URL": configured}
    server = embedded_server(config)
    found = {name: server.role_urls(name) for name in list_databases(server)}
    return {name: urls for name, urls in found.items() if revision(urls)[0] == revision(urls)[1]}


def load_company(urls: RoleUrls, company: Company, *, content_hash: str, by: UserName = LOADER) -> bool:
    """Load the company in one transaction; False, and nothing done, when this very content is there already.

    NotAuthorisedError when there are people who may load packs and `by` is none of them.
    """
    with open_books(urls.app) as books, books(by) as uow:
        held = uow.company.loaded_hash()
        if held == content_hash:
            return False
        if held is None:
            check_may_load(uow)
        uow.company.load(company, content_hash=content_hash)
        add_programs(uow)
    return True


def _prepared(server: Server, name: str, prepare: Prepare) -> RoleUrls:
    if not database_exists(server, name):
        create_database(server, name)
    urls = server.role_urls(name)
    migrate(urls)
    prepare(urls)
    return urls
