"""Asking the person at the terminal."""

import sys

import typer

from core.domain.errors import UsageError


def at_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def agreed(question: str, *, otherwise: str) -> bool:
    """Whether the person says yes; without a terminal UsageError says what to do otherwise."""
    if not at_terminal():
        raise UsageError(f"there is no terminal to ask at; {otherwise}")
    return typer.confirm(question)
