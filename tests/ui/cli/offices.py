"""An office: a database with the small company, its people's tokens, and its partners in a sandbox on loopback."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import LiteralString

import psycopg

from core.bootstrap.opening import open_books
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.service import SANDBOX_API_KEY, running
from core.connectors.sandbox.trade import SandboxTrade
from core.db.roles import RoleUrls, dsn_of
from core.demo.offers import demo_suppliers
from core.domain.items import StockBalance
from core.domain.users import User
from tests.builders import HOUSTON, MOTOR, RENO, SEAL, VALVE, YARD, company
from tests.desk import Clock, Desk
from tests.ui.cli.terminal import Ran, expediter

CLOSED = "http://127.0.0.1:9"
# The pumps of SO-1/2 wait for motors (CASE-1), the valves of SO-1/1 come too late (CASE-2); Reno has valves to spare.
COMPANY = company(
    stock=(
        StockBalance(item=MOTOR, location=HOUSTON, on_hand=6),
        StockBalance(item=SEAL, location=HOUSTON, on_hand=100),
        StockBalance(item=SEAL, location=YARD, on_hand=20),
        StockBalance(item=VALVE, location=HOUSTON, on_hand=5),
        StockBalance(item=VALVE, location=RENO, on_hand=60, reserved=10),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Where commands are run, and by whom."""

    urls: RoleUrls
    folder: Path
    partners: str
    trade: SandboxTrade
    mailbox: SandboxMailbox

    @property
    def environment(self) -> dict[str, str]:
        """What a command of this office sees."""
        return {
            "EXPEDITER_HOME": str(self.folder),
            "DATABASE_URL": self.urls.owner,
            "DATABASE_URL_APP": self.urls.app,
            "DATABASE_URL_AGENT": self.urls.agent,
            "DATABASE_URL_CHECKPOINT": self.urls.checkpoint,
            "EXPEDITER_SUPPLIERS_URL": f"{self.partners}/suppliers",
            "EXPEDITER_SUPPLIERS_KEY": SANDBOX_API_KEY,
            "EXPEDITER_MAIL_URL": f"{self.partners}/mailbox",
            "EXPEDITER_MAIL_KEY": SANDBOX_API_KEY,
        }

    def run(self, *words: object, by: User | None = None, typed: str | None = None) -> Ran:
        """A command, typed by nobody known or by a person with a token."""
        environment = self.environment
        if by is not None:
            environment["EXPEDITER_TOKEN_FILE"] = str(self.token_of(by))
        return expediter(*words, environment=environment, typed=typed)

    def token_of(self, person: User) -> Path:
        """The person's token in a file of the person's own."""
        file = self.folder / f"token-{person.name}"
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(f"token of {person.name}\n", encoding="utf-8")
        return file

    @contextmanager
    def desk(self, *, at: datetime | None = None) -> Generator[Desk]:
        """The desk that puts plans before people by hand, now or at another time."""
        frozen = None if at is None else lambda: at
        with open_books(self.urls.app, frozen=frozen) as books, open_books(self.urls.agent, frozen=frozen) as agents:
            yield Desk(open_uow=books, open_agent_uow=agents, clock=Clock(), urls=self.urls)

    def rows(self, question: LiteralString) -> list[tuple[object, ...]]:
        """What the database answers."""
        with psycopg.connect(dsn_of(self.urls.app)) as connection:
            return connection.execute(question).fetchall()


@contextmanager
def office(urls: RoleUrls, folder: Path) -> Generator[Office]:
    """The office for as long as the block lasts; every supplier of the company answers."""
    trade, mailbox = SandboxTrade(demo_suppliers(COMPANY)), SandboxMailbox()
    with running(trade, mailbox=mailbox) as address:
        yield Office(urls=urls, folder=folder, partners=address, trade=trade, mailbox=mailbox)
