"""Commands in processes of their own: several at once, at a terminal, or with nobody to read what they say."""

import json
import os
import pty
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

from tests.ui.cli.terminal import Ran

KEPT = ("PATH", "HOME", "TMPDIR", "LANG")


@dataclass(frozen=True, slots=True)
class Processes:
    """The process that forks them."""

    forker: Popen[str]

    def at_once(self, environment: Mapping[str, str], *commands: Sequence[object]) -> list[Ran]:
        """Commands begun together."""
        with tempfile.TemporaryDirectory() as folder:
            codes = self._ran(environment, commands, folder=folder)
            said = [
                [Path(folder, f"{n}.{name}").read_text("utf-8") for name in ("out", "err")] for n in range(len(codes))
            ]
        return [Ran(code=code, out=out, err=err) for code, (out, err) in zip(codes, said, strict=True)]

    def unread(self, environment: Mapping[str, str], *words: object, closed: bool = False) -> Ran:
        """A command whose reader has gone, such as `head`; or whose standard output was closed before it began."""
        with tempfile.TemporaryDirectory() as folder:
            (code,) = self._ran(environment, [words], folder=folder, unread=True, closed=closed)
            return Ran(code=code, out="", err=Path(folder, "0.err").read_text("utf-8"))

    def at_a_terminal(self, environment: Mapping[str, str], words: Sequence[object], *, asked: str, typed: str) -> Ran:
        """A command at a terminal of its own; `typed` is typed when asked."""
        ours, theirs = pty.openpty()
        self._ask(environment, [words], terminal=os.ttyname(theirs))
        said = _until(ours, asked.encode())
        os.close(theirs)  # the command has it open
        os.write(ours, typed.encode() + b"\n")
        said += _until(ours, b"the end of it")
        os.close(ours)
        (code,) = self._codes()
        text = said.decode().replace("\r\n", "\n")
        return Ran(code=code, out=text, err="")

    def _ran(self, environment: Mapping[str, str], commands: Sequence[Sequence[object]], **order: Any) -> list[int]:
        self._ask(environment, commands, **order)
        return self._codes()

    def _ask(self, environment: Mapping[str, str], commands: Sequence[Sequence[object]], **order: Any) -> None:
        seen = {name: os.environ[name] for name in KEPT if name in os.environ} | dict(environment)
        settled = {"terminal": None, "folder": None, "unread": False, "closed": False, **order}
        words = [[str(word) for word in command] for command in commands]
        assert self.forker.stdin is not None
        asked = {"commands": words, "environment": seen | {"TERM": "dumb", "COLUMNS": "80"}, **settled}
        self.forker.stdin.write(json.dumps(asked) + "\n")
        self.forker.stdin.flush()

    def _codes(self) -> list[int]:
        assert self.forker.stdout is not None
        return json.loads(self.forker.stdout.readline())


def _until(terminal: int, end: bytes) -> bytes:
    """What is shown until this is, or until nobody is there to show anything."""
    said = b""
    while not said.endswith(end):
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # how Linux says that the other side was closed
            part = b""
        if not part:
            break
        said += part
    return said
