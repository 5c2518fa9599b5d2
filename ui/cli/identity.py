"""Who sits at the terminal: proven by the token in a private file, or by a password. A name alone proves nothing."""

import os
import stat
from getpass import getpass
from pathlib import Path

from core.bootstrap.application import Application
from core.domain.errors import AuthenticationError
from core.domain.ids import UserName
from core.domain.users import User
from core.services.accounts import authenticate_password, authenticate_token
from ui.cli.workplace import CLI

_PRIVATE = 0o600


def person(application: Application, *, user: str | None, token_file: Path) -> User:
    """The person at the terminal; AuthenticationError says what to do when there is no proof."""
    if user is not None:
        secret = getpass(f"Password of {user}: ")
        with application.open_uow(CLI) as uow:
            return authenticate_password(uow, UserName(user), secret)
    token = read_token(token_file)
    with application.open_uow(CLI) as uow:
        return authenticate_token(uow, token)


def read_token(file: Path) -> str:
    """The token in a file that only its owner may read."""
    try:
        status = file.stat()
    except FileNotFoundError as error:
        raise AuthenticationError(
            f"there is no token file {str(file)!r}; `expediter users token NAME` makes one, or use --user NAME"
        ) from error
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise AuthenticationError(f"token file {str(file)!r} can be read by others; run: chmod 600 {file}")
    return file.read_text(encoding="utf-8", errors="replace").strip()


def write_token(file: Path, token: str) -> None:
    """Keep a token in a file made for its owner only, in place of what was there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w", encoding="utf-8") as stream:
        stream.write(token + "\n")
