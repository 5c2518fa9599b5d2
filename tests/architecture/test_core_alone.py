"""Core runs and is tested with no model and no web framework installed."""

import importlib
import re
import subprocess
import sys

import pytest

from tests.architecture.core_alone import NotInstalled
from tests.architecture.core_once import left_out
from tests.architecture.tree import ROOT


def test_core_imports_and_passes_its_tests_without_frameworks(pytestconfig: pytest.Config) -> None:
    command = [sys.executable, "-m", "tests.architecture.core_alone"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= pytestconfig.stash[left_out], "tests left out here and run nowhere"


def test_a_blocked_package_is_not_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [NotInstalled(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "streamlit", raising=False)

    with pytest.raises(ModuleNotFoundError, match="blocked by tests/architecture"):
        importlib.import_module("streamlit")
