"""Looking over an installation: each finding says how it is and what to do. Nothing secret is ever in one."""

import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime

from agents.llm.errors import ModelError
from agents.llm.openai_chat import OpenAIChat
from agents.llm.patience import Patience
from agents.llm.port import Usage
from agents.llm.probing import probe
from agents.worker import checkup
from agents.worker.checkpoints import prepare_checkpoints
from agents.worker.findings import Finding
from agents.worker.models import ModelSettings, model_settings
from core.bootstrap.databases import main_urls
from core.bootstrap.opening import open_books
from core.bootstrap.partners import configured_partners
from core.config import HOME_MODE, Config, Environment
from core.db.adoption import DatabaseNotPreparedError
from core.db.embedded import EmbeddedDatabaseError
from core.db.roles import DatabaseUrlError, RoleUrls
from core.db.schema import revision
from core.domain.capabilities import Capabilities
from core.domain.errors import DomainError
from core.domain.ids import UserName

DOCTOR = UserName("doctor")
PATIENCE = Patience(tries=1, call_seconds=30.0, total_seconds=30.0)
_DATABASE_FAULTS = (DomainError, EmbeddedDatabaseError, DatabaseNotPreparedError, DatabaseUrlError)
_INSTEAD: Mapping[str, str] = {
    "json_schema": "shapes are said in words and checked",
    "json_object": "the object is looked for in the answer",
    "tools": "tools are chosen by name, as a shape",
    "required": "a call that must come is asked for as a shape",
    "streaming_usage": "what streamed answers cost is estimated",
}


def examine(config: Config, *, now: datetime, environ: Mapping[str, str] = os.environ) -> Iterator[Finding]:
    """Every finding, each as soon as it is known."""
    yield checkup.program()
    yield _home(config)
    yield checkup.disk(config)
    yield _settings(config.environment, environ)
    yield _partners(config.environment)
    yield checkup.login(config.environment, now=now)
    urls: list[RoleUrls] = []
    yield _database(config, urls.append)
    for known in urls:
        yield checkup.server(known, now=now)
        yield from checkup.books(known, by=DOCTOR, now=now)
    yield from _models(config.environment, urls)
    yield _traces(config.environment)


def _home(config: Config) -> Finding:
    mode = stat.S_IMODE(config.home.stat().st_mode)
    said = f"{config.home}, mode {mode:04o}"
    if mode & 0o077:
        advice = f"others can look into it: chmod {HOME_MODE:o} {config.home}"
        return Finding(name="home", state="warn", said=said, advice=advice)
    if not os.access(config.home, os.W_OK):
        return Finding(name="home", state="fail", said=said, advice="it cannot be written; set EXPEDITER_HOME")
    return Finding(name="home", state="ok", said=said)


def _settings(environment: Environment, environ: Mapping[str, str]) -> Finding:
    known = {name.upper() for name in Environment.model_fields} | {"EXPEDITER_SERVER"}
    strange = sorted(name for name in environ if name.startswith("EXPEDITER_") and name not in known)
    if strange:
        advice = "they mean nothing; docs/configuration.md lists those that do"
        return Finding(name="settings", state="warn", said=f"unknown: {', '.join(strange)}", advice=advice)
    given = sorted(name.upper() for name in Environment.model_fields if getattr(environment, name) is not None)
    said = [name for name in given if name in environ]
    return Finding(name="settings", state="ok", said=", ".join(said) or "nothing is set, the defaults apply")


def _partners(environment: Environment) -> Finding:
    try:
        configured_partners(environment, ())
    except DomainError as error:
        return Finding(name="partners", state="fail", said=error.message, advice="correct the setting")
    missing = [
        f"no {word}: {what}"
        for word, url, what in (
            ("suppliers", environment.expediter_suppliers_url, "asking one ends with a person"),
            ("mail", environment.expediter_mail_url, "notices wait, then a person is asked"),
        )
        if not url
    ]
    if missing:
        advice = "set EXPEDITER_SUPPLIERS_URL and EXPEDITER_MAIL_URL where you have them"
        return Finding(name="partners", state="warn", said="; ".join(missing), advice=advice)
    return Finding(name="partners", state="ok", said="suppliers and mail are configured")


def _database(config: Config, found: Callable[[RoleUrls], object]) -> Finding:
    try:
        urls = main_urls(config, prepare=prepare_checkpoints)
        at, _ = revision(urls)
        with open_books(urls.app) as books, books(DOCTOR):
            pass
    except _DATABASE_FAULTS as error:
        advice = "see `expediter db status`"
        return Finding(name="database", state="fail", said=f"{error.code}: {error}", advice=advice)
    found(urls)
    return Finding(name="database", state="ok", said=f"it answers, its schema is at {at}")


def _models(environment: Environment, urls: list[RoleUrls]) -> Iterator[Finding]:
    try:
        settings = model_settings(environment)
    except DomainError as error:
        yield Finding(name="model", state="fail", said=error.message, advice="correct the setting")
        return
    model = settings.model
    if not isinstance(model, OpenAIChat):
        yield Finding(name="model", state="ok", said="none is configured: rules do all it would do")
        return
    for name in model.names:
        yield _probed(model, name, urls)
    yield _cost(settings, model)
    model.transport.close()


def _probed(model: OpenAIChat, name: str, urls: list[RoleUrls]) -> Finding:
    where = f"{name} at {model.transport.server}"
    try:
        found = probe(model.transport, name, patience=PATIENCE)
    except ModelError as error:
        said = f"{where}: {error.message} ({error.failure})"
        advice = "check OPENAI_BASE_URL, OPENAI_API_KEY and EXPEDITER_MODEL; until then rules do its work"
        return Finding(name="model", state="fail", said=said, advice=advice)
    for known in urls:
        with open_books(known.app) as books, books(DOCTOR) as uow:
            uow.capabilities.keep(model.transport.server, name, found)
    lacking = [field for field in _INSTEAD if not getattr(found, field)]
    said = f"{where} honours {_honoured(found)}; an answer is limited by {found.answer_limit}; {_context(found)}"
    if lacking:
        advice = "; ".join(f"without {field}, {_INSTEAD[field]}" for field in lacking)
        return Finding(name="model", state="warn", said=said, advice=f"nothing to do: {advice}")
    return Finding(name="model", state="ok", said=said)


def _honoured(found: Capabilities) -> str:
    return ", ".join(name for name, value in asdict(found).items() if value is True) or "nothing asked of it"


def _context(found: Capabilities) -> str:
    return "it does not say how long a prompt may be" if found.context is None else f"context {found.context} tokens"


def _cost(settings: ModelSettings, model: OpenAIChat) -> Finding:
    limits = settings.limits
    said = f"{limits.run_tokens:,} tokens a run, {limits.day_tokens:,} a day"
    unknown = [name for name in model.names if settings.prices.micros(name, Usage()) is None]
    if unknown:
        advice = f"what {', '.join(unknown)} costs is not counted; set EXPEDITER_MODEL_PRICES"
        return Finding(name="model budget", state="warn", said=said, advice=advice)
    return Finding(name="model budget", state="ok", said=said)


def _traces(environment: Environment) -> Finding:
    away = "to the collector of OTEL_EXPORTER_OTLP_ENDPOINT too" if environment.otel_exporter_otlp_endpoint else "only"
    return Finding(name="traces", state="ok", said=f"kept in the books, {away}")
