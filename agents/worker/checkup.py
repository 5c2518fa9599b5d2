"""The parts of a look over an installation that are about the machine, the server and the books."""

import platform
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version

from agents.worker.findings import Finding
from agents.worker.turns import missed
from core.bootstrap.logins import configured_login
from core.bootstrap.opening import open_books
from core.config import Config, Environment
from core.db.roles import RoleUrls
from core.db.standing import OLDEST, server_standing
from core.domain.errors import DomainError
from core.domain.ids import UserName
from core.domain.jobs import JobState
from core.domain.users import Role
from core.ports.storage import UnitOfWork
from core.services.checking import check
from core.services.halting import is_halted
from core.services.webhooks.subscribing import BY_HAND

DISTRIBUTION = "expediter"
LITTLE, TOO_LITTLE = 2 * 1024**3, 200 * 1024**2
SKEW = timedelta(seconds=30)
ENDS_SOON = timedelta(days=30)
_SHOWN = 5


def program() -> Finding:
    """This program, its Python, and whether what it needs is there."""
    missing: list[str] = []
    for wanted in requires(DISTRIBUTION) or ():
        name = wanted.split(";")[0]
        for sign in "<>=!~[( ":
            name = name.partition(sign)[0]
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    said = f"Expediter {version(DISTRIBUTION)} on Python {platform.python_version()}"
    if missing:
        advice = "install it again from .ci/requirements/run.txt"
        return Finding.fail("program", f"{said}, without {', '.join(missing)}", advice)
    return Finding.ok("program", said)


def disk(config: Config) -> Finding:
    """Whether there is room where the home is."""
    free = shutil.disk_usage(config.home).free
    said = f"{free / 1024**3:,.1f} GiB are free where the home is"
    if free < LITTLE:
        advice = "make room: PostgreSQL stops when it cannot write (docs/runbook.md)"
        return Finding.fail("disk", said, advice) if free < TOO_LITTLE else Finding.warn("disk", said, advice)
    return Finding.ok("disk", said)


def login(environment: Environment, *, now: datetime) -> Finding:
    """How people sign in, and whether the company's login answers."""
    public = environment.expediter_public_url
    try:
        provider = configured_login(environment)
        if provider is not None:
            provider.way_out(return_to=public or "http://127.0.0.1/", now=now)
    except DomainError as error:
        advice = "see EXPEDITER_OIDC_ISSUER and docs/identity.md"
        return Finding.fail("login", f"{error.code}: {error.message}", advice)
    if public is not None and not public.startswith("https://"):
        advice = "put a proxy with TLS before it and set EXPEDITER_PUBLIC_URL to its https:// address"
        return Finding.warn("login", f"people reach {public} without TLS", advice)
    by = f"the login at {environment.expediter_oidc_issuer}" if provider is not None else "names and passwords"
    return Finding.ok("login", f"by {by}, at {public or 'this machine only'}")


def server(urls: RoleUrls, *, now: datetime) -> Finding:
    """The database server: its version, its clock, its roles."""
    standing = server_standing(urls)
    skew = abs(standing.now - now)
    said = f"PostgreSQL {standing.version}, its clock {skew.total_seconds():.0f} s from this one"
    if standing.version < OLDEST or standing.mighty:
        roles = ", ".join(standing.mighty)
        advice = f"take from {roles} what passes row level security" if roles else f"it has to be {OLDEST} or later"
        return Finding.fail("server", said, advice)
    if skew > SKEW:
        advice = "set both clocks by NTP: sessions, leases and promises go by them"
        return Finding.warn("server", said, advice)
    return Finding.ok("server", said)


def books(urls: RoleUrls, *, by: UserName, now: datetime) -> Iterator[Finding]:
    """What the books say of themselves, of the work on them, and of who may come in."""
    with open_books(urls.app, frozen=lambda: now) as opened:
        with opened(by) as uow:
            yield _invariants(uow)
        with opened(by) as uow:
            yield _halted(uow)
            yield _work(uow)
            yield _messages(uow)
            yield _people(uow)
            yield _keys(uow)
            yield _webhooks(uow)


def _invariants(uow: UnitOfWork) -> Finding:
    results = check(uow)
    broken = [one.name for one in results if one.broken]
    if broken:
        said = f"{', '.join(broken)} of {len(results)} invariants do not hold"
        return Finding.fail("books", said, "`expediter check` names the places; halt first")
    return Finding.ok("books", f"all {len(results)} invariants hold, the audit chains too")


def _halted(uow: UnitOfWork) -> Finding:
    found = is_halted(uow)
    if found is None:
        return Finding.ok("halt", "nothing is halted")
    return Finding.warn("halt", f"everything is {found.words}", "`expediter resume`, when right")


def _work(uow: UnitOfWork) -> Finding:
    counts, last = uow.jobs.counts(), uow.cases.last_scan()
    failed = counts[JobState.FAILED]
    said = f"{counts[JobState.WAITING]:,} jobs wait, {counts[JobState.RUNNING]:,} run, {failed:,} failed"
    if last is None:
        return Finding.ok("work", f"{said}; nothing was scanned yet")
    age = uow.now - last[2]
    said = f"{said}; the last scan is {age.total_seconds() / 3600:,.0f} hours old"
    if failed:
        return Finding.warn("work", said, "`expediter jobs` names those that failed and why")
    if missed(last[2], uow.now) and uow.company.loaded_hash() is not None:
        advice = "is a worker there? `expediter worker`, or `expediter serve`, scans every night"
        return Finding.warn("work", said, advice)
    return Finding.ok("work", said)


def _messages(uow: UnitOfWork) -> Finding:
    count = uow.outbox.unsent()
    if count:
        said, advice = (
            f"{count:,} messages are to be sent",
            "a worker sends them; should they stay, see `expediter tasks`",
        )
        return Finding.warn("messages", said, advice)
    return Finding.ok("messages", "none waits to be sent")


def _people(uow: UnitOfWork) -> Finding:
    active = [user for user in uow.users.all() if user.active and user.is_person]
    deciding = {user.human for user in active if user.role in {Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR}}
    said = f"{len(active)} may act, {len(deciding)} of them manage"
    if len(deciding) < 2:
        advice = "two are needed where one asks and another agrees: `expediter users add`"
        return Finding.warn("people", said, advice)
    return Finding.ok("people", said)


def _keys(uow: UnitOfWork) -> Finding:
    alive = [key for key in uow.identity.all_keys() if not key.ended(uow.now)]
    ending = sorted((key for key in alive if key.expires_at - uow.now <= ENDS_SOON), key=lambda key: key.expires_at)
    said = f"{len(alive)} API keys count"
    if ending:
        named = ", ".join(f"{key.id} on {key.expires_at:%Y-%m-%d}" for key in ending[:_SHOWN])
        advice = "make new ones in time: `expediter keys make`"
        return Finding.warn("keys", f"{said}; soon ends {named}", advice)
    return Finding.ok("keys", said)


def _webhooks(uow: UnitOfWork) -> Finding:
    known = uow.webhooks.all()
    off = [one.id for one in known if not one.active and one.disabled_because != BY_HAND]
    said = f"{sum(one.active for one in known)} programs are told of events"
    if off:
        advice = "`expediter webhooks list` says why"
        return Finding.warn("webhooks", f"{said}; off: {', '.join(off[:_SHOWN])}", advice)
    return Finding.ok("webhooks", said)
