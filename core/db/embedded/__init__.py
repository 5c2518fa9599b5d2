"""The embedded PostgreSQL server: the programs inside a wheel, run by our own launcher (ADR: one database)."""

from core.db.embedded.databases import (
    check_name,
    create_database,
    database_exists,
    drop_database,
    list_databases,
    rename_databases,
)
from core.db.embedded.errors import (
    DatabaseBinariesMissingError,
    DatabaseFolderUnusableError,
    DatabaseInUseError,
    DatabaseNameError,
    DatabaseStartFailedError,
    EmbeddedDatabaseError,
)
from core.db.embedded.server import Server, State, Status, erase, start, status, stop

__all__ = [
    "DatabaseBinariesMissingError",
    "DatabaseFolderUnusableError",
    "DatabaseInUseError",
    "DatabaseNameError",
    "DatabaseStartFailedError",
    "EmbeddedDatabaseError",
    "Server",
    "State",
    "Status",
    "check_name",
    "create_database",
    "database_exists",
    "drop_database",
    "erase",
    "list_databases",
    "rename_databases",
    "start",
    "status",
    "stop",
]
