"""`expediter eval api`: a served demo company called in thousands of ways made from its own description."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from core.domain.errors import UsageError
from evals.api.corpus import corpus
from evals.api.hooks_path import HOOKS

SERVER_ERROR, UNDOCUMENTED, IGNORED_AUTH = "ST101", "ST103", "ST401"
LEFT_OUT = ("--exclude-path", "/v1/logout", "--exclude-path-regex", "/halt$")
# That valid requests are accepted depends on what is in the books; all else is checked.
CHECKS = ("--exclude-checks", "positive_data_acceptance")
_CALLS = re.compile(r"^\s+([\d,]+) generated", re.MULTILINE)
_FAILED = re.compile(r"(ST\d+) [^:\n]+: (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What it came to. `unauthorised` are calls without good proof that were answered all the same."""

    calls: int
    server_errors: int
    undocumented_statuses: int
    unauthorised: int
    other_failures: int
    corpus_requests: int
    corpus_server_errors: int
    corpus_slowest_s: float

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        found = (self.server_errors, self.undocumented_statuses, self.unauthorised, self.other_failures)
        return not any(found) and not self.corpus_server_errors and self.corpus_slowest_s <= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Where the demo company is served, and a token of its operator."""

    port: int
    token: str

    @property
    def address(self) -> str:
        """Of the API."""
        return f"http://127.0.0.1:{self.port}"


def run(*, calls: int, seed: int = 1) -> Figures:
    """Call until there were so many calls, each round with other dice; then the corpus."""
    if find_spec("schemathesis") is None:
        raise UsageError("schemathesis is not installed here; `make setup` installs it")
    done, failed = 0, dict[str, int]()
    with _served() as served:
        while done < calls:
            said = _round(served, seed=seed, examples=min(60, 5 + (calls - done) // 250))
            seed += 1
            made = sum(int(count.replace(",", "")) for count in _CALLS.findall(said))
            if made == 0:
                raise UsageError(f"schemathesis made no call: {said[-1500:]}")
            done += made
            for code, count in _FAILED.findall(said):
                failed[code] = failed.get(code, 0) + int(count)
        statuses, slowest = _corpus(served)
    return Figures(
        calls=done,
        server_errors=failed.pop(SERVER_ERROR, 0),
        undocumented_statuses=failed.pop(UNDOCUMENTED, 0),
        unauthorised=failed.pop(IGNORED_AUTH, 0),
        other_failures=sum(failed.values()),
        corpus_requests=len(statuses),
        corpus_server_errors=sum(status >= 500 for status in statuses),
        corpus_slowest_s=round(slowest, 3),
    )


def api_command(
    calls: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many at least.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Of the dice.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Call a served demo company in ways made from its description, stateful ones too, and with the corpus."""
    figures = run(calls=calls, seed=seed)
    if as_json:
        typer.echo(json.dumps(asdict(figures)))
    else:
        for name, value in asdict(figures).items():
            typer.echo(f"{name.replace('_', ' '):<24} {value}")
    if not figures.good:
        raise typer.Exit(1)


def _round(served: Served, *, seed: int, examples: int) -> str:
    """One run of all phases; what it said."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"{served.address}/v1/openapi.json", "--no-color",
        "--continue-on-failure", "--warnings", "off", "-n", str(examples), "--seed", str(seed),
        "-H", f"Authorization: Bearer {served.token}", *LEFT_OUT, *CHECKS,
    ]  # fmt: skip
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS)}
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=HOOKS.parent)
    if found.returncode not in {0, 1}:
        raise UsageError(f"schemathesis ended with {found.returncode}: {found.stderr[-1500:]}")
    return found.stdout


def _corpus(served: Served) -> tuple[list[int], float]:
    """The statuses of all bad requests, and the seconds the slowest took."""
    statuses, slowest = [], 0.0
    for number, one in enumerate(corpus()):
        usual = {
            "Authorization": f"Bearer {served.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"corpus-{number}",
            "Connection": "close",
        }
        headers = {name: value for name, value in {**usual, **dict(one.headers)}.items() if value is not None}
        begun = perf_counter()
        caller = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        try:
            caller.request(one.method, one.path, body=one.body, headers=headers)
            statuses.append(caller.getresponse().status)
        except (BrokenPipeError, ConnectionResetError):  # it was told 413 before it had sent all
            statuses.append(413)
        finally:
            caller.close()
        slowest = max(slowest, perf_counter() - begun)
    return statuses, slowest


@contextmanager
def _served() -> Generator[Served]:
    """The demo company, served by the command people use, in a home of its own."""
    with tempfile.TemporaryDirectory(prefix="expediter-api-") as home, socket.socket() as free:
        Path(home).chmod(0o711)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        command = [sys.executable, "-c", "from ui.cli import main; main()", "serve", "--demo", "--port", str(port)]
        environment = {**os.environ, "EXPEDITER_HOME": home}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
            assert server.stdout is not None
            try:
                password = next(line.split()[-1] for line in server.stdout if "one-time password" in line)
                yield Served(port=port, token=_token(port, password))
            finally:
                server.terminate()


def _token(port: int, password: str) -> str:
    caller = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = json.dumps({"name": "operator", "password": password})
    caller.request("POST", "/v1/login", body=body, headers={"Content-Type": "application/json"})
    return str(json.loads(caller.getresponse().read())["token"])
