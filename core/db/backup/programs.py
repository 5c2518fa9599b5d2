"""PostgreSQL's own programs, told by their environment where to connect: nothing secret is on a command line."""

import os
import subprocess
from collections.abc import Mapping, Sequence

from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo

from core.db.embedded.programs import installed_programs
from core.db.roles import dsn_of
from core.domain.errors import BackupFailedError

_SAID = 6


def run(program: str, arguments: Sequence[str], url: str | None = None) -> str:
    """What the program says; BackupFailedError with its last lines when it fails."""
    command = [str(installed_programs() / program), "--no-password", *arguments]
    if url is None:
        command.remove("--no-password")
    told = subprocess.run(command, env=_environment(url), capture_output=True, text=True, errors="replace", check=False)
    if told.returncode:
        end = "; ".join(told.stderr.strip().splitlines()[-_SAID:]) or f"it ended with {told.returncode}"
        raise BackupFailedError(f"{program} failed: {end}")
    return told.stdout


def _environment(url: str | None) -> Mapping[str, str]:
    if url is None:
        return os.environ
    variables = {one.keyword.decode(): one.envvar.decode() for one in Conninfo.get_defaults() if one.envvar}
    said = {variables[name]: str(value) for name, value in conninfo_to_dict(dsn_of(url)).items() if name in variables}
    return {**os.environ, **said, "PGAPPNAME": "expediter backup"}
