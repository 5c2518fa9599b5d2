"""The recipe of the image: a pinned base, nobody's root, no secret, and every path it takes is there."""

import json
import re
import shlex
from collections.abc import Iterator

from tests.architecture.tree import ROOT
from tests.docs.deploy.commands import text_of, understood
from ui.api.serve import PORT

_WORDS = "ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK RUN STOPSIGNAL USER VOLUME WORKDIR"
KNOWN = frozenset(_WORDS.split())


def steps() -> list[tuple[str, str]]:
    """Instruction and what follows it, lines that go on put together."""
    text = re.sub(r"\\\n\s*", "", text_of("Containerfile"))
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def all_of(name: str) -> Iterator[str]:
    return (rest for step, rest in steps() if step == name)


def last(name: str) -> str:
    return [*all_of(name)][-1]


def test_it_is_a_containerfile() -> None:
    assert {step for step, _ in steps()} - KNOWN == set()
    assert [*all_of("FROM")] == ["${BASE} AS built", "${BASE}"]


def test_the_base_and_all_that_is_installed_are_pinned() -> None:
    (base,) = all_of("ARG")
    installing = [rest for rest in all_of("RUN") if "pip install" in rest]

    assert re.fullmatch(r"BASE=[\w./-]+(:\d+\.\d+\.\d+-[\w.-]+|@sha256:[0-9a-f]{64})", base)
    assert ["--require-hashes" in one or "--no-deps --no-build-isolation ." in one for one in installing] == [True] * 2


def test_every_path_it_takes_is_there_and_nothing_else_is_taken() -> None:
    taken = [shlex.split(rest)[:-1] for rest in all_of("COPY") if not rest.startswith("--from=built ")]
    paths = [path for part in taken for path in part]

    assert [path for path in paths if not (ROOT / path).exists()] == []
    assert {"core", "tools", "agents", "ui", "evals", "pyproject.toml"} <= {*paths}
    assert {".", "./", "*"} & {*paths} == set()


def test_nobody_is_root_and_no_secret_is_in_it() -> None:
    said = " ".join([*all_of("ARG"), *all_of("ENV")]).lower()

    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", last("USER"))
    assert [word for word in ("password", "secret", "token", "_key", "database_url") if word in said] == []


def test_it_runs_a_command_there_is_and_can_be_reached() -> None:
    words = [*json.loads(last("ENTRYPOINT")), *json.loads(last("CMD"))]
    found = understood(words[1:])

    assert words[0] == "expediter"
    assert (found["no_console"], found["no_worker"], found["host"], found["port"]) == (True, True, "0.0.0.0", PORT)
    assert (last("EXPOSE"), last("STOPSIGNAL")) == (str(PORT), "SIGTERM")


def test_its_health_is_asked_of_the_server_in_it() -> None:
    python, flag, script = json.loads(last("HEALTHCHECK").partition("CMD ")[2])

    compile(script, "HEALTHCHECK", "exec")
    assert (python, flag) == ("python", "-c")
    assert f"http://127.0.0.1:{PORT}/readyz" in script
