"""The log of this process as it is written, for as long as a block lasts."""

import io
import json
import logging
import warnings
from collections.abc import Generator
from contextlib import contextmanager, redirect_stderr
from typing import Any

import structlog

from ui.logs.lines import Form, Level, LogTerms, write_logs


class Heard(io.StringIO):
    """Standard error, as far as it was written to."""

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its lines, each of them JSON, without their time."""
        told = [json.loads(line) for line in self.getvalue().splitlines()]
        assert all(one.pop("timestamp", "9999-").startswith(("20", "9999-")) for one in told)
        return told


@contextmanager
def heard(*, level: Level = Level.INFO, form: Form = Form.JSON, secrets: tuple[str, ...] = ()) -> Generator[Heard]:
    """What is logged meanwhile; afterwards all is as it was."""
    configured, handlers, before = structlog.get_config(), [*logging.root.handlers], logging.root.level
    try:
        logging.root.handlers.clear()
        with redirect_stderr(Heard()) as told, warnings.catch_warnings():
            write_logs(LogTerms(level=level, form=form, secrets=secrets))
            yield told
    finally:
        structlog.configure(**configured)
        logging.root.handlers[:] = handlers
        logging.root.setLevel(before)
