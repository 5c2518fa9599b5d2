"""The files of this project as the architecture tests read them; no git needed."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("core", "tools", "agents", "ui", "evals")
_LEFT_OUT = frozenset(
    {".git", ".venv", ".ruff_cache", ".pytest_cache", ".import_linter_cache", ".hypothesis", "__pycache__"}
)


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.name in _LEFT_OUT:
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry)
        elif entry.is_file():
            yield entry


@cache
def files() -> tuple[Path, ...]:
    return tuple(_walk(ROOT))


def python_files(*folders: str) -> list[Path]:
    """The Python files of the named folders; of the five packages and the tests when none is named."""
    wanted = [ROOT / folder for folder in folders or (*PACKAGES, "tests")]
    return [path for path in files() if path.suffix == ".py" and any(path.is_relative_to(one) for one in wanted)]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def at(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"
