"""A mailbox on loopback that speaks as much IMAP4rev1 as a reader of mail needs."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import Any

USER, PASSWORD = "orders", "secret words"


@dataclass(slots=True)
class Mailbox:
    """The mails by number, those that are read, and every command that came."""

    mails: dict[int, bytes]
    seen: set[int] = field(default_factory=set[int])
    said: list[str] = field(default_factory=list[str])
    pretended_size: int | None = None
    hangs_up_at: str = ""


class _Handler(StreamRequestHandler):
    def handle(self) -> None:
        box: Mailbox = self.server.mailbox  # type: ignore[attr-defined]  # given by serving()
        self._say("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            box.said.append(rest)
            if box.hangs_up_at and rest.startswith(box.hangs_up_at):
                return
            self._answer(box, tag, rest)
            if rest == "LOGOUT":
                return

    def _answer(self, box: Mailbox, tag: str, rest: str) -> None:
        words = rest.split(" ")
        done = "OK done"
        match words:
            case ["CAPABILITY"]:
                self._say("* CAPABILITY IMAP4rev1")
            case ["LOGIN", *given]:
                if " ".join(given) != f'"{USER}" "{PASSWORD}"':
                    done = "NO wrong user or password"
            case ["SELECT", *_]:
                self._say(f"* {len(box.mails)} EXISTS")
            case ["UID", "SEARCH", "UNSEEN"]:
                self._say(" ".join(["* SEARCH", *(str(n) for n in sorted(box.mails) if n not in box.seen)]))
            case ["UID", "FETCH" | "fetch", number, *_]:
                self._send(box, int(number), head_only="HEADER" in rest)
            case ["UID", "STORE", numbers, *_]:
                box.seen |= {int(number) for number in numbers.split(",")}
            case ["LOGOUT"]:
                self._say("* BYE")
            case _:
                done = "BAD unknown"
        self._say(f"{tag} {done}")

    def _send(self, box: Mailbox, number: int, *, head_only: bool) -> None:
        raw = box.mails[number]
        body = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if head_only else raw
        size = box.pretended_size or len(raw)
        part = "BODY[HEADER]" if head_only else "BODY[]"
        self.wfile.write(
            f"* {number} FETCH (UID {number} FLAGS () RFC822.SIZE {size} {part} {{{len(body)}}}\r\n".encode()
        )
        self.wfile.write(body + b")\r\n")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    mailbox: Any


@contextmanager
def serving(mailbox: Mailbox) -> Generator[int]:
    """Serve the mailbox while the block lasts; the port it listens on."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.mailbox = mailbox
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
