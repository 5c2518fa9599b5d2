"""The log of a process that stays, as the environment describes it."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from core.config import Environment
from core.domain.errors import UsageError
from ui.logs.lines import Form, Level, LogTerms, tell_faults, write_logs

_SECRET_ENDINGS = ("_key", "_password", "_secret")


def log_as_configured(environment: Environment, *, otherwise: Level) -> None:
    """Have this process log as the environment says, from `otherwise` on where it says nothing."""
    write_logs(log_terms(environment, otherwise=otherwise))
    tell_faults()


def log_terms(environment: Environment, *, otherwise: Level) -> LogTerms:
    """The terms; UsageError for a level or format there is none of."""
    level, form = environment.expediter_log_level or otherwise.value, environment.expediter_log_format
    if level not in {*Level}:
        raise UsageError(f"EXPEDITER_LOG_LEVEL {level!r} is no level; accepted are {_listed(Level)}")
    if form not in {*Form}:
        raise UsageError(f"EXPEDITER_LOG_FORMAT {form!r} is no format; accepted are {_listed(Form)}")
    return LogTerms(level=Level(level), form=Form(form), secrets=frozenset(secrets_in(environment)))


def secrets_in(environment: Environment) -> Iterator[str]:
    """What nobody may read who reads the log: keys, passwords, and the addresses of channels, which often are both."""
    for name, value in environment.model_dump(exclude_none=True).items():
        if name.endswith(_SECRET_ENDINGS):
            yield str(value)
        elif name.startswith("database_url"):
            yield from _password(str(value))
    for channel in environment.expediter_notify_channels.split():
        address = channel.partition("=")[2]
        yield address
        yield from _password(address)


def _password(address: str) -> Iterator[str]:
    try:
        password = urlsplit(address).password
    except ValueError:  # not an address: whoever wants to use it says so
        return
    if password:
        yield from (password, unquote(password))


def _listed(words: type[Level] | type[Form]) -> str:
    return ", ".join(repr(word.value) for word in words)
