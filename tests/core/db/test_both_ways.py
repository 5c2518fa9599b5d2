"""Every revision goes down to exactly the schema it found, and up again; what would be lost on the way is known."""

from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import pairwise

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from core.db.embedded import Server, create_database, drop_database
from core.db.migrations.stepping import LOSSES, NOTHING, Lost
from core.db.roles import RoleUrls
from core.db.schema import BASE
from tests.core.db.catalogue import catalogue
from tests.database import WORKER

NOTHING_OF_OURS = ["schema public", "default expediter_owner f"]
Catalogues = Mapping[str, Mapping[str, str]]


class Walk:
    """Ways along the revisions of one database, and what its schema was after each step."""

    def __init__(self, urls: RoleUrls) -> None:
        self._urls = urls
        scripts = ScriptDirectory.from_config(config()).walk_revisions()
        self.lost: dict[str, Lost] = {s.revision: getattr(s.module, "_LOST", NOTHING) for s in scripts}
        self.revisions = tuple(self.lost)[::-1]

    def up(self) -> Catalogues:
        return self._gone(command.upgrade, "head")

    def down(self) -> Catalogues:
        return self._gone(command.downgrade, BASE)

    def _gone(self, go: Callable[[Config, str], None], to: str) -> Catalogues:
        found: dict[str, Mapping[str, str]] = {}

        def seen(*, ctx: MigrationContext, heads: Collection[str], **_: object) -> None:
            assert ctx.connection is not None
            raw = ctx.connection.connection.driver_connection
            assert isinstance(raw, psycopg.Connection)
            found["".join(heads) or BASE] = catalogue(raw)

        with create_engine(self._urls.owner, poolclass=NullPool).begin() as connection:
            go(config(connection=connection, seen=seen, **{LOSSES: []}), to)
        return found


def config(**attributes: object) -> Config:
    found = Config()
    found.set_main_option("script_location", "core:db/migrations")
    found.attributes.update(attributes)
    return found


@pytest.fixture(scope="module")
def walk(postgres_server: Server, template_database: str) -> Iterator[Walk]:
    """An empty database; the template comes first, as the server's settings are its."""
    name = f"both_ways_{WORKER}"
    create_database(postgres_server, name)
    yield Walk(postgres_server.role_urls(name))
    drop_database(postgres_server, name)


@pytest.fixture(scope="module")
def first(walk: Walk) -> Catalogues:
    """What the schema is at each revision, all the way up."""
    return walk.up()


def test_every_revision_goes_down_to_the_schema_before_it_and_up_again(walk: Walk, first: Catalogues) -> None:
    down = walk.down()
    again = walk.up()

    assert list(first) == list(again) == list(walk.revisions)
    assert list(down) == [*walk.revisions[-2::-1], BASE]
    assert [name for name in down[BASE] if "alembic_version" not in name] == NOTHING_OF_OURS
    assert [difference(first[at], down[at], at) for at in first if at in down and down[at] != first[at]] == []
    assert [difference(first[at], again[at], at) for at in first if again[at] != first[at]] == []


def difference(wanted: Mapping[str, str], found: Mapping[str, str], at: str) -> str:
    names = sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
    return f"{at}: {', '.join(names)}"


def test_every_revision_changes_the_schema_so_that_a_step_is_seen(first: Catalogues) -> None:
    assert [at for (_, before), (at, after) in pairwise(first.items()) if before == after] == []


def test_every_table_and_column_a_step_down_takes_is_counted_first(walk: Walk, first: Catalogues) -> None:
    before = dict(zip(walk.revisions, (BASE, *walk.revisions), strict=False))
    first = {BASE: {}, **first}

    for revision, lost in walk.lost.items():
        tables = tables_of(first[revision]) - tables_of(first[before[revision]])
        columns = {
            column
            for column in columns_of(first[revision]) - columns_of(first[before[revision]])
            if column.partition(".")[0] in tables_of(first[before[revision]])
        }
        named = {table.partition(" ")[0] for table in lost.tables}
        assert (revision, tables) == (revision, {*named, *lost.forgotten})
        assert (revision, columns) == (revision, set(lost.columns))


def tables_of(schema: Mapping[str, str]) -> set[str]:
    found = {name.split()[1] for name, said in schema.items() if name.startswith("relation ") and said.startswith("r ")}
    return found - {"alembic_version"}


def columns_of(schema: Mapping[str, str]) -> set[str]:
    tables = tables_of(schema)
    names = {name.split()[1] for name in schema if name.startswith("column ")}
    return {name for name in names if name.partition(".")[0] in tables}
