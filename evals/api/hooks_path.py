"""Where the hooks are, told without loading them: they import schemathesis, which only the tests' set-up has."""

from pathlib import Path

HOOKS = Path(__file__).with_name("hooks.py")
