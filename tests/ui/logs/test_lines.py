"""The log of a process: one form for all who tell something, and nothing that stops the work."""

import io
import logging
import sys
from contextlib import redirect_stderr
from threading import ExceptHookArgs, current_thread

import pytest
import structlog

from tests.ui.logs.heard import heard
from ui.logs.lines import Form, Level, LogTerms, write_logs
from ui.logs.lines import _thread_failed as thread_failed

OURS = structlog.get_logger("ui.some")


def test_what_we_and_libraries_tell_has_one_form() -> None:
    with heard() as told:
        OURS.info("case_advanced", case="CASE-1", name="x")
        logging.getLogger("core.connectors.mail").info("mail, notice %s: no answer", "N-1")
        logging.getLogger("uvicorn.error").error("Exception in ASGI application")

    assert told.lines == [
        {"level": "info", "event": "case_advanced", "case": "CASE-1", "name": "x", "logger": "ui.some"},
        {"level": "info", "event": "mail, notice N-1: no answer", "logger": "core.connectors.mail"},
        {"level": "error", "event": "Exception in ASGI application", "logger": "uvicorn.error"},
    ]


def test_libraries_are_heard_from_warnings_on_and_all_from_the_level_on() -> None:
    with heard(level=Level.INFO) as told:
        logging.getLogger("httpx").info("HTTP Request: GET http://x/?customer=HARBOR")
        logging.getLogger("procrastinate.worker").warning("slow")
        OURS.debug("detail")
    with heard(level=Level.ERROR) as errors:
        logging.getLogger("procrastinate.worker").warning("slow")
        OURS.warning("odd")
        OURS.error("bad")

    assert [one["event"] for one in told.lines] == ["slow"]
    assert [one["event"] for one in errors.lines] == ["bad"]


def test_what_is_told_within_a_request_carries_its_name() -> None:
    with heard() as told, structlog.contextvars.bound_contextvars(request_id="r-1"):
        OURS.info("ours")
        logging.getLogger("core.x").info("theirs")

    assert [one["request_id"] for one in told.lines] == ["r-1", "r-1"]


def test_a_traceback_is_one_line_without_secrets() -> None:
    with heard(secrets=("hunter2-of-mine",)) as told:
        try:
            raise ValueError("hunter2-of-mine")
        except ValueError:
            OURS.exception("failed")
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application")

    assert [one["exception"].splitlines()[-1] for one in told.lines] == ["ValueError: [redacted]"] * 2
    assert "hunter2" not in told.getvalue()


def test_a_line_that_cannot_be_made_is_named_and_not_shown() -> None:
    with heard() as told:
        logging.getLogger("core.x").info("%d pieces", "hunter2")

    assert told.lines == [{"event": "log_line_lost", "logger": "core.x", "error": "TypeError"}]


def test_nobody_who_listens_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    with heard(), redirect_stderr(closed):
        OURS.info("told to nobody")
    with heard() as told:
        monkeypatch.setattr(sys, "stderr", None)
        OURS.info("told to nobody")
        monkeypatch.undo()

    assert told.getvalue() == ""


def test_people_read_text() -> None:
    with heard(form=Form.TEXT) as told:
        OURS.info("case_advanced", case="CASE-1", password="hunter2")

    assert told.getvalue().split()[1:] == ["[info", "]", "case_advanced", "[ui.some]", "case=CASE-1",
                                           "password=[redacted]"]  # fmt: skip


def test_terms_are_replaced_not_added() -> None:
    with heard() as told:
        write_logs(LogTerms(level=Level.INFO, form=Form.JSON))
        OURS.info("once")

    assert len(told.lines) == 1


def test_a_thread_that_fails_is_a_line() -> None:
    error = ValueError("sk-hunter2hunter2")
    with heard() as told:
        thread_failed(ExceptHookArgs((ValueError, error, None, current_thread())))
        thread_failed(ExceptHookArgs((SystemExit, SystemExit(), None, None)))

    (line,) = told.lines
    assert (line["event"], line["thread"], line["exception"]) == (
        "thread_failed",
        current_thread().name,
        "ValueError: sk-[redacted]",
    )
