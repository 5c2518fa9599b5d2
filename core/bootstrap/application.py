"""The application of one database: units of work for people and for agents, partners, and the checkpoint pool."""

import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from core.bootstrap.batching import Batches, batching
from core.bootstrap.opening import open_books, open_to_visitors
from core.bootstrap.partners import Partners
from core.db.roles import RoleUrls
from core.db.snapshot.resident import ResidentBooks
from core.ports.mail import MailPort
from core.ports.storage import OpenUnitOfWork, OpenVisitorUnitOfWork
from core.ports.suppliers import SupplierPort
from core.services.identity import LINK_PREFIX, SESSION_PREFIX

SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What the worker and the surfaces are given. `open_uow` has the application's rights, `open_agent_uow` only those
    of the agents: to read and to propose. `open_whole_uow` reads all it is asked for from the database, also where
    this process keeps the books' columns. `batches` are for whoever has many callers at once."""

    urls: RoleUrls
    open_uow: OpenUnitOfWork
    open_whole_uow: OpenUnitOfWork
    open_agent_uow: OpenUnitOfWork
    open_visitor_uow: OpenVisitorUnitOfWork
    partners: Partners
    batches: Batches

    @property
    def suppliers(self) -> SupplierPort:
        """The suppliers."""
        return self.partners.suppliers

    @property
    def mail(self) -> MailPort:
        """The way out to customers."""
        return self.partners.mail


@contextmanager
def application(
    urls: RoleUrls, partners: Partners, *, frozen: Callable[[], datetime] | None = None, resident: bool = False
) -> Generator[Application]:
    """The application for as long as the block lasts. `frozen` gives the time in a frozen world; else it is the
    database's. `resident` keeps the books' columns in memory, once for people and agents: both read all of them."""
    kept = ResidentBooks() if resident else None
    with (
        open_books(urls.app, frozen=frozen, resident=kept) as app,
        open_books(urls.agent, frozen=frozen, resident=kept) as agent,
        open_to_visitors(urls.visitor, frozen=frozen) as visitors,
        batching(app) as batches,
    ):
        whole = replace(app, resident=None)
        yield Application(
            urls=urls,
            open_uow=app,
            open_whole_uow=whole,
            open_agent_uow=agent,
            open_visitor_uow=visitors,
            partners=partners,
            batches=batches,
        )


def fresh_token() -> str:
    """A new token for a person."""
    return f"exp_{secrets.token_urlsafe(32)}"


def fresh_password() -> str:
    """A new one-time password, easy to copy."""
    return "-".join(secrets.token_hex(2) for _ in range(4))


def fresh_salt() -> bytes:
    """Salt for a password's hash."""
    return secrets.token_bytes(SALT_BYTES)


def fresh_session_token() -> str:
    """What a new session goes by."""
    return f"{SESSION_PREFIX}{secrets.token_urlsafe(32)}"


def fresh_text() -> str:
    """Text nobody can guess, of characters that may stand in an address."""
    return secrets.token_urlsafe(32)


def fresh_key() -> tuple[str, str]:
    """The public part of a new API key, and its secret."""
    return f"k{secrets.token_hex(5)}", secrets.token_hex(24)


def fresh_link() -> tuple[str, str]:
    """The id of a new status link, and what it carries."""
    return f"l{secrets.token_hex(5)}", f"{LINK_PREFIX}{secrets.token_urlsafe(24)}"
