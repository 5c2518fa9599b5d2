"""The prompts, as files, and the way to read one."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def prompt(name: str) -> str:
    """The text of a prompt file in this folder."""
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
