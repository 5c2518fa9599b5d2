"""The passwords of the embedded database: random, and kept in one file that only its owner may read."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from core.db.roles import SUPERUSER, Role

_PASSWORDS = TypeAdapter(dict[str, str])


def read_or_create(path: Path) -> Mapping[str, str]:
    """One password for each role; the file is written when it is missing or does not name them all."""
    names = (SUPERUSER, *Role)
    known = _read(path)
    if all(name in known for name in names):
        return known
    complete = {name: known.get(name) or secrets.token_urlsafe(24) for name in names}
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(complete, file, indent=1)
    fresh.replace(path)
    return complete


def _read(path: Path) -> dict[str, str]:
    try:
        return _PASSWORDS.validate_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):  # a damaged file is replaced: the server's passwords are then set again
        return {}
