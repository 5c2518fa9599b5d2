"""Two workers on one database, one killed again and again: nothing is done twice, nothing is lost, every case ends.

The full run, 200 cases and ten kills, is `expediter bench workers`.
"""

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.databases import load_company
from core.db.embedded import Server, drop_database
from core.db.loading.statistics import gather_statistics
from evals.workers.books import books_of
from evals.workers.killing import run
from tests.database import WORKER, copy_database
from ui.cli.figures import misses

CASES, KILLS = 8, 4


def test_what_one_of_two_workers_leaves_behind_the_other_ends(postgres_server: Server, template_database: str) -> None:
    name = f"killed_{WORKER}"
    copy_database(postgres_server, name, template_database)
    urls = postgres_server.role_urls(name)
    load_company(urls, books_of(CASES), content_hash="c" * 64)
    prepare_checkpoints(urls)
    gather_statistics(urls)

    figures = run(urls, cases=CASES, kills=KILLS, seconds=60)

    drop_database(postgres_server, name)
    assert misses(figures) == ()
    assert {one.name: one.value for one in figures}["kills"] == KILLS
