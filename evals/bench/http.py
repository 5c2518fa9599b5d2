"""`expediter bench http`: one item wanted by 32 and by 128 clients at once, over HTTP, from a process of its own."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from core.bootstrap.application import fresh_key
from core.bootstrap.opening import open_books
from core.db.roles import RoleUrls
from core.domain.identity import KeyId
from core.domain.ids import ItemCode, UserName
from core.domain.permissions import Permission
from core.domain.users import Role, User
from core.services.accounts import add_user
from core.services.identity import MakeKey, key_text, make_key
from evals.bench.http_callers import BUSY, Door, Heard, call
from evals.bench.stockroom import PLACE, Stockroom, stockroom

ITEM, FEW = ItemCode("WANTED"), ItemCode("SCARCE")
PLENTY, SCARCE = 1_000_000, 60
MACHINE = UserName("webshop")
DECIDED = {201, 409}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the benchmark comes to. The ratio is against one client who waits for each answer."""

    requests_per_s_1_client: float
    requests_per_s_32_clients: float
    ratio_vs_1_client: float
    p50_ms_32_clients: float
    p99_ms_32_clients: float
    requests_per_s_128_clients: float
    p99_ms_128_clients: float
    told_to_come_again: int
    failed: int
    oversold_units: int
    lost_or_doubled: int


def run(*, seconds: float = 8.0) -> Figures:
    """Measure on a server of its own, each part for so long."""
    with stockroom({ITEM: PLENTY, FEW: SCARCE}) as room, _serving(room.urls) as door:
        asyncio.run(_part(door, 8, min(1.0, seconds), ITEM, "warm"))
        one = asyncio.run(_part(door, 1, seconds / 2, ITEM, "one"))
        some = asyncio.run(_part(door, 32, seconds, ITEM, "some"))
        scarce = asyncio.run(_part(door, 32, seconds / 2, FEW, "few"))
        many = asyncio.run(_part(door, 128, seconds, ITEM, "many"))
        oversold, wrong = _audit(room)
    parts = (one, some, scarce, many)
    return Figures(
        requests_per_s_1_client=round(one.per_second, 1),
        requests_per_s_32_clients=round(some.per_second, 1),
        ratio_vs_1_client=round(some.per_second / one.per_second, 2),
        p50_ms_32_clients=round(some.milliseconds(0.5), 1),
        p99_ms_32_clients=round(some.milliseconds(0.99), 1),
        requests_per_s_128_clients=round(many.per_second, 1),
        p99_ms_128_clients=round(many.milliseconds(0.99), 1),
        told_to_come_again=sum(part.statuses[BUSY] for part in parts),
        failed=sum(
            count for part in parts for status, count in part.statuses.items() if status not in DECIDED | {BUSY}
        ),
        oversold_units=oversold,
        lost_or_doubled=wrong,
    )


def http_command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="A few seconds: correctness only, the times mean little.")
    ] = False,
) -> None:
    """Reservations of one item over HTTP by 32 and by 128 clients, from an API process of its own."""
    figures = run(seconds=0.5 if quick else 8.0)
    if as_json:
        typer.echo(json.dumps(asdict(figures)))
    else:
        _print(figures)
    if figures.oversold_units or figures.failed or figures.lost_or_doubled:
        raise typer.Exit(1)


async def _part(door: Door, clients: int, seconds: float, item: ItemCode, run: str) -> Heard:
    return await call(door, clients=clients, seconds=seconds, item=item, place=PLACE, run=run)


@contextmanager
def _serving(urls: RoleUrls) -> Generator[Door]:
    key = _key(urls)
    command = [sys.executable, "-m", "evals.bench.http_process"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(asdict(urls)) + "\n")
            process.stdin.flush()
            yield Door(port=int(process.stdout.readline()), key=key)
        finally:
            process.terminate()


def _key(urls: RoleUrls) -> str:
    """A service, and a key that may do nothing but reserve."""
    public, secret = fresh_key()
    with open_books(urls.app) as books, books(MACHINE) as uow:
        add_user(uow, User(name=MACHINE, role=Role.SERVICE, limit=None), token=secret)
        wanted = MakeKey(
            owner=MACHINE,
            name="the benchmark",
            permissions=frozenset({Permission.STOCK_RESERVE}),
            per_minute=100_000,
        )
        made = make_key(uow, wanted, id=KeyId(public), secret=secret)
    return key_text(made.id, secret)


_OVERSOLD = "SELECT COALESCE(sum(greatest(0, reserved - on_hand)), 0) FROM stock_balances WHERE on_hand > 0"
_DOUBLED = "SELECT count(*) FROM (SELECT FROM reservations GROUP BY reference HAVING count(*) > 1) doubled"
_DRIFTED = """
SELECT count(*) FROM stock_balances b WHERE b.reserved <> (
    SELECT COALESCE(sum(r.quantity), 0) FROM reservations r
    WHERE r.item_id = b.item_id AND r.location_id = b.location_id AND r.state = 'open')"""


def _audit(room: Stockroom) -> tuple[int, int]:
    """Units taken beyond what there was; documents that got their units twice, and balances that differ from what is
    reserved."""
    with room.server.superuser(room.database) as books:
        found = [books.execute(statement).fetchone() for statement in (_OVERSOLD, _DOUBLED, _DRIFTED)]
    oversold, doubled, drifted = (int(one[0]) for one in found if one is not None)
    return oversold, doubled + drifted


def _print(figures: Figures) -> None:
    table = Table(title="One item over HTTP, one API process", show_edge=False)
    for heading in ("clients", "requests a second", "99 % within", "told to come again"):
        table.add_column(heading, justify="right")
    table.add_row("1", f"{figures.requests_per_s_1_client:,.0f}", "", "")
    table.add_row("32", f"{figures.requests_per_s_32_clients:,.0f}", f"{figures.p99_ms_32_clients:,.0f} ms", "")
    table.add_row(
        "128",
        f"{figures.requests_per_s_128_clients:,.0f}",
        f"{figures.p99_ms_128_clients:,.0f} ms",
        f"{figures.told_to_come_again:,}",
    )
    console = Console()
    console.print(table)
    console.print(
        f"Oversold {figures.oversold_units}, lost or done twice {figures.lost_or_doubled}, failed {figures.failed}."
    )
