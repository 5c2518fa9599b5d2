"""Channels by apprise, in a process of their own: apprise takes over a second to import, and holds the addresses."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Thread

from core.ports.notices import NoticeError

TIMEOUT_SECONDS = 60.0
# The process that speaks to the outside knows no key but those of its channels.
_NOT_PASSED_ON = ("DATABASE_URL", "OPENAI_", "EXPEDITER_")


class AppriseNotices:
    """Channels by name, each an address apprise knows: `slack://`, `workflows://`, `mailto://`, `json://`. The process
    is started when something is first sent, and anew after it died."""

    def __init__(self, channels: Mapping[str, str], *, timeout: float = TIMEOUT_SECONDS) -> None:
        self._channels = dict(channels)
        self._timeout = timeout
        self._child: subprocess.Popen[str] | None = None
        self._answers: Queue[str] = Queue()

    @property
    def channels(self) -> frozenset[str]:
        """The names of the channels."""
        return frozenset(self._channels)

    def send(self, channel: str, *, subject: str, body: str) -> None:
        """Show the notice on the channel; NoticeError where that is not confirmed within the time."""
        order = {"address": self._channels[channel], "subject": subject, "body": body}
        child = self._started()
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps(order) + "\n")
            child.stdin.flush()
            answer = self._answers.get(timeout=self._timeout)
        except (OSError, Empty) as error:
            self.close()
            raise NoticeError(channel=channel, reason=f"no answer within {self._timeout:g} s") from error
        if answer != "sent":
            raise NoticeError(channel=channel, reason=answer or "the sending process died")

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    stream.close()
            self._child = None

    def _started(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._answers = Queue[str]()
            command = [sys.executable, "-m", "core.connectors.notice_process"]
            kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_PASSED_ON)}
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=kept
            )
            Thread(target=_read, args=(self._child, self._answers), daemon=True).start()
        return self._child


@contextmanager
def apprise_notices(channels: Mapping[str, str]) -> Generator[AppriseNotices]:
    """The channels while the block lasts."""
    notices = AppriseNotices(channels)
    try:
        yield notices
    finally:
        notices.close()


def _read(child: subprocess.Popen[str], answers: Queue[str]) -> None:
    assert child.stdout is not None
    try:
        for line in child.stdout:
            answers.put(line.strip())
    except ValueError:  # closed while we read
        pass
    answers.put("")
