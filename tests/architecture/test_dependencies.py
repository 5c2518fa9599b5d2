"""What is installed is what was reviewed: pinned, hashed, without addresses, and never beside what breaks us."""

import re
import sysconfig
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.tree import PACKAGES, ROOT, at, files

REQUIREMENTS = ROOT / ".ci" / "requirements"
LEVELS = ("run", "test", "dev", "build")
ADDRESS = re.compile(r"p[y]pi\.org|python[h]osted|n[p]mjs\.|deb\.d[e]bian|--(extra-)?ind[e]x-url|--find-l[i]nks")
MACHINE = re.compile(r"""(^|[\s"'=(`])/(w[o]rk|r[o]ot|f[a]rm)/""")
TEXT = {".py", ".sql", ".md", ".toml", ".txt", ".yaml", ".yml", ".json", ".csv", ".sh", ".html", ".css", ".svg", ""}
NEVER = {
    "ortools": "its HiGHS and highspy's cannot live in one process",
    "openai-agents": "ships a top-level package named agents",
    "langchain-mcp-adapters": "pins mcp below 2",
    "langgraph-api": "Elastic-2.0",
    "langgraph-runtime-inmem": "Elastic-2.0",
    "extract-msg": "GPL",
}

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def pins(level: str) -> dict[str, str]:
    """The blocks of a requirements file by canonical name: the pin and its hashes."""
    text = (REQUIREMENTS / f"{level}.txt").read_text("utf-8").replace("\\\n", " ")
    return {canonicalize_name(re.split(r"[=\[ ;]", line)[0]): line for line in text.splitlines() if line.strip()}


def declared(level: str) -> list[str]:
    groups = PROJECT["dependency-groups"]
    own = {"run": [], "test": groups["test"], "dev": groups["test"] + groups["check"], "build": groups["build"]}[level]
    everyone = [] if level == "build" else PROJECT["project"]["dependencies"]
    return [canonicalize_name(Requirement(text).name) for text in [*everyone, *own] if isinstance(text, str)]


@pytest.mark.parametrize("level", LEVELS)
def test_every_requirement_is_one_version_with_hashes(level: str) -> None:
    loose = [name for name, line in pins(level).items() if not re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)]

    assert loose == []


@pytest.mark.parametrize("level", LEVELS)
def test_every_declared_dependency_is_pinned(level: str) -> None:
    assert sorted(set(declared(level)) - set(pins(level))) == []


def test_a_higher_level_installs_the_same_versions() -> None:
    run, test, dev = pins("run"), pins("test"), pins("dev")

    assert run.items() <= test.items() <= dev.items()


def test_nothing_forbidden_is_pinned_at_any_level() -> None:
    found = {name: why for level in LEVELS for name, why in NEVER.items() if name in pins(level)}

    assert found == {}


def test_no_installed_package_takes_one_of_our_names() -> None:
    ours = {*PACKAGES, "tests"}
    folders = {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}

    taken = [entry.name for folder in folders for entry in folder.iterdir() if entry.name.partition(".")[0] in ours]

    assert taken == []


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    named = [
        at(path, number)
        for path in files()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ADDRESS.search(line) or MACHINE.search(line)
    ]

    assert named == []
