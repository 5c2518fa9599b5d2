"""`expediter db`: start, stop, look at, migrate, take back and reset the embedded database."""

from typing import Annotated

import typer

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.databases import MAIN_DATABASE, configured_urls, embedded_server, fresh_database, main_urls
from core.config import Config, Environment, read_config
from core.db.adoption import adopt
from core.db.embedded import State, database_exists, list_databases, status, stop
from core.db.roles import RoleUrls
from core.db.schema import lost_without_word, migrate, revision, take_back, would_lose
from core.domain.errors import NotFoundError, UsageError
from ui.cli.asking import agreed
from ui.cli.failing import UNAVAILABLE, failures_said
from ui.cli.printing import say

app = typer.Typer(help="The embedded database.", no_args_is_help=True)


@app.command("start")
def start_command() -> None:
    """Start the embedded server, or find it running."""
    with failures_said():
        server = embedded_server(read_config())
        say(f"PostgreSQL runs on 127.0.0.1:{server.port}, its data is in {server.data_dir}")


@app.command("stop")
def stop_command() -> None:
    """Stop the embedded server."""
    with failures_said():
        say("stopped" if stop(read_config().home) else "it was not running")


@app.command("status")
def status_command() -> None:
    """Say whether the database answers, where it is and at which revision."""
    with failures_said():
        config = read_config()
        configured = configured_urls(config)
        if configured is not None:
            at, newest = revision(configured)
            say(f"DATABASE_URL is set; its schema is at {at or 'nothing'}, the newest is {newest}")
            return
        found = status(config.home)
        say(f"embedded PostgreSQL {found.version or ''} is {found.state}, data in {found.data_dir}")
        if found.state is not State.RUNNING:
            raise SystemExit(UNAVAILABLE)
        say(f"  port {found.port}, pid {found.pid}, {found.size_bytes:,} bytes")
        server = embedded_server(config)
        for name in list_databases(server):
            at, newest = revision(server.role_urls(name))
            say(f"  database {name}, its schema is at {at or 'nothing'}, the newest is {newest}")


@app.command("migrate")
def migrate_command() -> None:
    """Bring the database to the newest schema."""
    with failures_said():
        config = read_config()
        configured = configured_urls(config)
        if configured is None:
            urls = main_urls(config, prepare=prepare_checkpoints)
        else:
            urls = configured
            _adopt(config.environment)
            migrate(urls)
            prepare_checkpoints(urls)
        say(f"the schema is at {revision(urls)[0]}")


def _adopt(environment: Environment) -> None:
    """With a login for each role an administrator has made everything; else the one login has to become all of them."""
    others = (environment.database_url_app, environment.database_url_agent, environment.database_url_checkpoint)
    if None in others:
        adopt(str(environment.database_url))


@app.command("downgrade")
def downgrade_command(
    to: Annotated[str, typer.Argument(metavar="REVISION", help="The revision to go back to, such as 0041.")],
    discard: Annotated[bool, typer.Option("--discard", help="Let go of what the older schema cannot hold.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before anything is let go of.")] = False,
    database: Annotated[str, typer.Option(help="Which embedded database.")] = MAIN_DATABASE,
) -> None:
    """Bring the database back to an older schema. What would be lost is counted, and refused without --discard."""
    with failures_said():
        urls = _standing(read_config(), database)
        losses = would_lose(urls, to)
        for loss in losses:
            say(f"  {loss.revision} takes {loss}")
        if losses and not discard:
            raise lost_without_word(losses, to)
        question = "All of this will be lost (`expediter backup` keeps a copy). Go back?"
        if losses and not yes and not agreed(question, otherwise="--yes goes back without asking"):
            say("Nothing was changed.")
            return
        take_back(urls, to, discard=discard)
        say(f"the schema is at {revision(urls)[0] or 'nothing'}; this program works on the newest only")


def _standing(config: Config, database: str) -> RoleUrls:
    """A database as it is: not made, not migrated."""
    configured = configured_urls(config)
    if configured is not None:
        return configured
    server = embedded_server(config)
    if not database_exists(server, database):
        raise NotFoundError(f"there is no embedded database {database!r}; `expediter db status` lists them")
    return server.role_urls(database)


@app.command("reset")
def reset_command(
    yes: Annotated[bool, typer.Option("--yes", help="Really delete what is in the embedded database.")] = False,
) -> None:
    """Delete the embedded database's contents and begin again. A configured database is never touched."""
    with failures_said():
        config = read_config()
        if configured_urls(config) is not None:
            raise UsageError("DATABASE_URL is set; reset only empties the embedded database")
        question = f"Delete everything in the embedded database {MAIN_DATABASE!r}?"
        if not yes and not agreed(question, otherwise="--yes deletes without asking"):
            say("Nothing was deleted.")
            return
        fresh_database(config, MAIN_DATABASE, prepare=prepare_checkpoints)
        say(f"database {MAIN_DATABASE!r} is empty and migrated")
