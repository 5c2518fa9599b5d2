"""The log of a process: a line for each thing told, by us or by a library, on standard error."""

import logging
import sys
import threading
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import structlog
from structlog.typing import Processor

from ui.logs.redacting import Redaction

OURS: Final = frozenset({"core", "tools", "agents", "ui", "evals"})
"""Libraries are heard from warnings on: below them they tell addresses, arguments and other people's data."""
LOST: Final = "log_line_lost"


class Level(StrEnum):
    """What is told: this, and all that is worse."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def number(self) -> int:
        """The level as Python's logging has it."""
        return logging.getLevelNamesMapping()[self.name]


class Form(StrEnum):
    """How a line is written: as JSON, as text for people, or as JSON where no person watches."""

    AUTO = "auto"
    JSON = "json"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogTerms:
    """What is told and in which form, and the secrets of this process that never are."""

    level: Level = Level.WARNING
    form: Form = Form.AUTO
    secrets: Collection[str] = ()


def write_logs(terms: LogTerms) -> None:
    """From now on every logger of the process tells what the terms say; a second call replaces the first."""
    _quiet()
    lines = _Lines(terms)
    logging.root.addHandler(lines)
    logging.root.setLevel(terms.level.number)
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(terms.level.number),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def tell_faults() -> None:
    """What threads fail with, and warnings, are lines of the log as well; for a process that stays."""
    logging.captureWarnings(True)
    threading.excepthook = _thread_failed


def _quiet() -> None:
    for handler in [*logging.root.handlers]:
        if isinstance(handler, _Lines):
            logging.root.removeHandler(handler)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):  # which may have been given a form of their own
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


class _Lines(logging.Handler):
    """Writes to standard error, whatever that is at the moment. A line that cannot be written is never explained by
    Python's logging, which would show what was to stand in it."""

    def __init__(self, terms: LogTerms) -> None:
        super().__init__(terms.level.number)
        self.setFormatter(_formatter(terms))

    def filter(self, record: logging.LogRecord) -> bool:
        """Ours from the level on, others from warnings on."""
        ours = isinstance(record.msg, dict) or record.name.partition(".")[0] in OURS
        return ours or record.levelno >= logging.WARNING

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line."""
        try:
            line = self.format(record)
        except Exception as error:  # noqa: BLE001 - whatever is in a record, its line must not fail the work it tells of
            line = f'{{"event": "{LOST}", "logger": "{record.name}", "error": "{type(error).__name__}"}}'
        try:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()
        except (OSError, ValueError, AttributeError):  # nobody listens: it was closed, or never open
            return


def _formatter(terms: LogTerms) -> logging.Formatter:
    as_text = terms.form is Form.TEXT or (terms.form is Form.AUTO and watched())
    last: Processor = (
        structlog.dev.ConsoleRenderer(colors=watched(), exception_formatter=structlog.dev.plain_traceback)
        if as_text
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    processors: list[Processor] = [
        structlog.stdlib.add_log_level,
        _add_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        Redaction(terms.secrets),
        _in_order,
        last,
    ]
    return structlog.stdlib.ProcessorFormatter(
        processors=processors,
        foreign_pre_chain=[structlog.contextvars.merge_contextvars],
        use_get_message=True,
    )


def watched() -> bool:
    """Whether a person may be reading."""
    return sys.stderr is not None and sys.stderr.isatty()


def _add_name(logger: Any, method: str, fields: Any) -> Any:
    fields["logger"] = fields["_record"].name
    return fields


def _in_order(logger: Any, method: str, fields: Any) -> Any:
    """When, how bad and what come first."""
    return {name: fields.pop(name) for name in ("timestamp", "level", "event") if name in fields} | fields


def _thread_failed(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is None or issubclass(failed.exc_type, SystemExit):
        return
    where = failed.thread.name if failed.thread else "?"
    structlog.get_logger("ui.logs").error(
        "thread_failed", thread=where, exc_info=(failed.exc_type, failed.exc_value, failed.exc_traceback)
    )
