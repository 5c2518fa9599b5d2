"""The command line driven in this process as a script does it: no terminal, 80 columns, an environment given."""

import io
import json
import logging
import re
import sys
import threading
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from core.config import Environment
from ui.cli.main import main
from ui.cli.printing import console
from ui.cli.scanning import SCAN_GOAL_SECONDS

WIDTH = 80


class Typed(io.StringIO):
    """What a person types at a terminal."""

    def isatty(self) -> bool:
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """The output on one line."""
        return " ".join(self.out.split())

    @property
    def last(self) -> str:
        """The last line."""
        return self.out.splitlines()[-1]

    @property
    def done(self) -> int:
        """The exit code; 0 for a scan that did all it should and says only that it took longer than its goal, as it may
        where the machine has other work."""
        seconds = re.search(r"scan.seconds\"?,?\s(?:\"value\": )?([\d.]+)", self.text)
        slow = seconds is not None and float(seconds[1]) > SCAN_GOAL_SECONDS
        return 0 if (self.code, slow) == (1, True) else self.code

    @property
    def errors(self) -> list[str]:
        """The codes on standard error; nothing else may be there but what belongs to them."""
        assert "Traceback" not in self.err
        return re.findall(r"^error \[(\w+)\] \S", self.err, re.MULTILINE)

    def json(self) -> Any:
        """The output as JSON."""
        assert (self.code, self.err) in {(0, ""), (1, "")}, self
        return json.loads(self.out)

    def figures(self) -> dict[str, Any]:
        """The values of the figures by name."""
        return {figure["name"]: figure["value"] for figure in self.json()["figures"]}


def expediter(*words: object, environment: Mapping[str, str], typed: str | None = None) -> Ran:
    """Run a command; `typed` is what a person answers at the terminal."""
    out, err = io.StringIO(), io.StringIO()
    configured, handlers, level = structlog.get_config(), [*logging.root.handlers], logging.root.level
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in Environment.model_fields:
            patch.delenv(name.upper(), raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(console, "width", WIDTH)
        patch.setattr(threading, "excepthook", threading.excepthook)
        patch.setattr(sys, "stdin", io.StringIO() if typed is None else Typed(typed))
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
    structlog.configure(**configured)
    logging.captureWarnings(False)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    assert isinstance(ended.value.code, int)
    return Ran(code=ended.value.code, out=out.getvalue(), err=err.getvalue())
