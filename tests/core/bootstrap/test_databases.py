"""A pack has a database of its own, made once and used again while nothing of it changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.bootstrap.databases import (
    PackDatabase,
    books_here,
    configured_urls,
    fresh_database,
    load_company,
    main_urls,
    pack_database,
)
from core.bootstrap.opening import open_books
from core.config import Config, Environment
from core.db.embedded import Server, database_exists, drop_database
from core.db.roles import RoleUrls
from core.domain.errors import PackInvalidError, PackMissingError
from core.services.packs.writing import write_pack
from tests.builders import MARIA, company
from tests.database import server_home


class Prepared(list[RoleUrls]):
    """The databases that were made ready for other layers."""

    def __call__(self, urls: RoleUrls) -> None:
        self.append(urls)


@pytest.fixture
def config(postgres_server: Server) -> Config:
    """A process whose home is that of the test run's server."""
    assert postgres_server.port
    return Config(home=server_home(), environment=Environment.model_construct())


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The small company as a pack of this test alone, told apart by its name."""
    folder = tmp_path / "pack"
    write_pack(folder, company(settings=replace(company().settings, name=f"Sabine Valve {tmp_path.name}")))
    return folder


def opened(config: Config, pack: Path, prepared: Prepared | None = None) -> PackDatabase:
    return pack_database(
        config,
        pack,
        mapping=None,
        quarantine=False,
        overlays=False,
        prepare=prepared if prepared is not None else Prepared(),
    )


def test_a_pack_is_loaded_into_a_database_named_by_its_content(config: Config, pack: Path) -> None:
    prepared = Prepared()

    first = opened(config, pack, prepared)

    assert (first.name, first.loaded) == (f"pack_{first.reading.content_hash[:24]}", True)
    assert prepared == [first.urls]
    with open_books(first.urls.app) as books, books(MARIA.name) as uow:
        assert uow.company.settings().name == f"Sabine Valve {pack.parent.name}"
        assert uow.company.loaded_hash() == first.reading.content_hash


def test_an_unchanged_pack_is_not_loaded_again_and_a_changed_one_has_another_database(
    config: Config, pack: Path
) -> None:
    first, again = opened(config, pack), opened(config, pack)
    items = pack / "items.csv"
    items.write_text(items.read_text(encoding="utf-8").replace("3-inch", "4-inch"), encoding="utf-8")

    changed = opened(config, pack)

    assert (again.name, again.loaded) == (first.name, False)
    assert (changed.name != first.name, changed.loaded) == (True, True)


def test_a_pack_that_breaks_a_rule_makes_no_database(config: Config, pack: Path, postgres_server: Server) -> None:
    stock = pack / "stock.csv"
    stock.write_text(stock.read_text(encoding="utf-8").replace(",60,", ",-60,"), encoding="utf-8")

    with pytest.raises(PackInvalidError):
        opened(config, pack)
    with pytest.raises(PackMissingError):
        opened(config, pack / "nothing")

    assert not database_exists(postgres_server, "pack_nothing")


def test_a_database_that_was_only_half_made_is_finished(config: Config, pack: Path, postgres_server: Server) -> None:
    class KilledError(BaseException):
        pass

    def killed(_: RoleUrls) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        pack_database(config, pack, mapping=None, quarantine=False, overlays=False, prepare=killed)

    assert opened(config, pack).loaded is True


def test_a_fresh_database_has_nothing_of_what_was_there(config: Config, postgres_server: Server) -> None:
    first = fresh_database(config, "fresh_of_test", prepare=Prepared())
    load_company(first, company(), content_hash="x")

    again = fresh_database(config, "fresh_of_test", prepare=Prepared())

    with open_books(again.app) as books, books(MARIA.name) as uow:
        assert uow.company.loaded_hash() is None
    drop_database(postgres_server, "fresh_of_test")


def test_the_main_database_is_made_and_migrated_when_it_is_first_used(config: Config, postgres_server: Server) -> None:
    prepared = Prepared()

    urls = main_urls(config, prepare=prepared)

    assert prepared == [urls]
    assert main_urls(config, prepare=prepared) == urls
    drop_database(postgres_server, "expediter")


def test_a_configured_database_is_taken_as_it_is(config: Config, worker_role_urls: RoleUrls) -> None:
    here = Config(
        home=config.home,
        environment=Environment.model_construct(
            database_url=worker_role_urls.owner, database_url_agent="postgresql://g@db/x"
        ),
    )
    prepared = Prepared()

    urls = main_urls(here, prepare=prepared)

    assert (urls, prepared) == (configured_urls(here), [])
    assert urls.agent == "postgresql+psycopg://g@db/x"
    assert urls.app.endswith("role%3Dexpediter_app")
    assert books_here(here) == {"DATABASE_URL": urls}


def test_a_pack_never_goes_into_the_configured_database(config: Config, pack: Path) -> None:
    elsewhere = Environment.model_construct(database_url="postgresql://o@db.invalid/x")

    made = opened(Config(home=config.home, environment=elsewhere), pack)

    assert "db.invalid" not in made.urls.app
