"""Runs core's quick tests, and imports every module of core, where nothing above core is installed.

`python -m tests.architecture.core_alone` exits as pytest does.
"""

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

BLOCKED = frozenset({"fastapi", "langchain_core", "langgraph", "openai", "starlette", "streamlit", "typer", "uvicorn"})
BLOCKED_OURS = frozenset({"agents", "evals", "tools", "ui"})
QUICK = ("tests/core/domain", "tests/core/planning")


class NotInstalled:
    """A finder that answers for the blocked packages as a machine without them would."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.partition(".")[0] in BLOCKED | BLOCKED_OURS:
            raise ModuleNotFoundError(f"No module named {name!r} (blocked by tests/architecture)", name=name)
        return None


def import_core() -> None:
    """Every module but the programs and the migrations, which run inside Alembic only."""
    import core

    names = [found.name for found in pkgutil.walk_packages(core.__path__, "core.")]
    for name in names:
        if not name.startswith("core.db.migrations") and not name.endswith("__main__"):
            importlib.import_module(name)


def main() -> int:
    sys.meta_path.insert(0, NotInstalled())
    failed = pytest.main(["-q", "-x", "-p", "no:cacheprovider", "-m", "not slow", *QUICK])
    import_core()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
