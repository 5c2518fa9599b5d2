"""Where the order texts are taken in: the demo company of the full size in a database made for it, at eight in the
morning of its business date."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time

from filelock import FileLock

from agents.worker.checkpoints import prepare_checkpoints
from core.bootstrap.application import Application, application
from core.bootstrap.databases import fresh_database, load_company
from core.bootstrap.partners import sandbox_partners
from core.config import read_config
from core.demo.company import demo_company
from core.demo.offers import demo_suppliers
from core.demo.sizes import Size

DATABASE = "eval_intake"
_OPENS = time(8, 0, tzinfo=UTC)


@contextmanager
def intake_place(size: Size = Size.FULL) -> Generator[Application]:
    """The demo company's books as they are read, emptied of what an evaluation before left; one at a time."""
    config, company = read_config(), demo_company(size=size)
    now = datetime.combine(company.settings.as_of, _OPENS)
    with ExitStack() as stack:
        stack.enter_context(FileLock(config.home / f"{DATABASE}.lock"))
        urls = fresh_database(config, DATABASE, prepare=prepare_checkpoints)
        load_company(urls, company, content_hash=f"{DATABASE} {size}")
        partners = stack.enter_context(sandbox_partners(demo_suppliers(company)))
        yield stack.enter_context(application(urls, partners, frozen=lambda: now))
