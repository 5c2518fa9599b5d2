"""The operating system account that runs the database server: our own, or an unprivileged one when we are root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from core.db.embedded.errors import DatabaseStartFailedError

# PostgreSQL refuses to run as root. The account must exist (initdb looks its name up); these do nearly everywhere.
UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whom the server runs as; uid None means as this process itself."""

    uid: int | None = None
    gid: int | None = None

    @property
    def extra_groups(self) -> list[int] | None:
        """For subprocess: drop root's groups when the account changes."""
        return None if self.uid is None else []

    def own(self, path: Path) -> None:
        """Give a file or folder to the account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def can_enter(self, folder: Path) -> bool:
        """True if the account may go down to this existing folder (mode bits only, no ACLs)."""
        return self.uid is None or all(self._may(stat.S_IXOTH, each) for each in (folder, *folder.parents))

    def can_read(self, path: Path) -> bool:
        """True if the account may read this existing file or list this existing folder."""
        return self.can_enter(path.parent) and (self.uid is None or self._may(stat.S_IROTH, path))

    def _may(self, bit: int, path: Path) -> bool:
        found = path.stat()
        if found.st_uid == self.uid:
            bit <<= 6
        elif found.st_gid == self.gid:
            bit <<= 3
        return bool(found.st_mode & bit)


def server_account(data_dir: Path) -> Account:
    """Our own account; for root the owner of an existing data folder, else the first unprivileged account."""
    if os.geteuid() != 0:
        return Account()
    if data_dir.exists() and (owner := data_dir.stat()).st_uid != 0:
        return Account(uid=owner.st_uid, gid=owner.st_gid)
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in UNPRIVILEGED:
        if name in known:
            return Account(uid=known[name].pw_uid, gid=known[name].pw_gid)
    raise DatabaseStartFailedError(
        f"PostgreSQL refuses to run as root and none of the accounts {UNPRIVILEGED!r} exists"
    )
