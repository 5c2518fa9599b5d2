"""The arrows of the design hold: every import contract of pyproject.toml is kept."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT


def test_every_import_contract_is_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
