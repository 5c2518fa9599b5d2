"""A stockroom to measure on: a database server of its own with durable commits, and one place with some items."""

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from core.bootstrap.databases import load_company
from core.db.embedded import Server, create_database, erase, start
from core.db.roles import RoleUrls
from core.db.schema import migrate
from core.domain.company import Company, Settings
from core.domain.ids import ItemCode, LocationCode
from core.domain.items import Item, Location, StockBalance
from core.domain.parties import Customer

PLACE = LocationCode("DOCK")
DATABASE = "stockroom"
LOG_FILES = 24
TODAY = date(2026, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stockroom:
    """The server, and its database: what it is called and how it is reached."""

    server: Server
    urls: RoleUrls
    database: str = DATABASE


@contextmanager
def stockroom(stock: dict[ItemCode, int]) -> Generator[Stockroom]:
    """A new server with this stock, as durable as the one people work with; erased when the block ends."""
    with room_of(company(stock)) as room:
        yield room


@contextmanager
def room_of(books: Company) -> Generator[Stockroom]:
    """The same with any company in it."""
    with tempfile.TemporaryDirectory(prefix="expediter-bench-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        server = start(home)
        try:
            create_database(server, DATABASE)
            urls = server.role_urls(DATABASE)
            migrate(urls)
            load_company(urls, books, content_hash="stockroom")
            _season(server)
            yield Stockroom(server=server, urls=urls)
        finally:
            erase(home)


def _season(server: Server) -> None:
    """As after a day of work, files of the log are there to be used again: a new server makes them, and stops for 20 ms
    each time, whoever writes."""
    with server.superuser(DATABASE) as connection:
        connection.autocommit = True
        for _ in range(LOG_FILES):
            connection.execute("SELECT pg_logical_emit_message(true, 'bench', 'so that there is something to switch')")
            connection.execute("SELECT pg_switch_wal()")
        connection.execute("CHECKPOINT")


def company(stock: dict[ItemCode, int], *, customers: tuple[Customer, ...] = ()) -> Company:
    """A company with one place, these items and customers, and nothing else."""
    return Company(
        settings=Settings(
            name="Stockroom",
            as_of=TODAY,
            currency="USD",
            time_zone="UTC",
            default_ship_from=PLACE,
            default_late_penalty_percent=Decimal(0),
            buffer_days=0,
        ),
        items=tuple(Item(code=code, name=code, finished_good=True) for code in sorted(stock)),
        locations=(Location(code=PLACE, site=PLACE, name="Dock", may_ship=True),),
        stock=tuple(StockBalance(item=code, location=PLACE, on_hand=stock[code]) for code in sorted(stock)),
        bom=(), lanes=(), customers=customers, suppliers=(), supplier_items=(), sales_orders=(), sales_order_lines=(),
        purchase_orders=(), purchase_order_lines=(), work_orders=(), transfer_orders=(),
    )  # fmt: skip
