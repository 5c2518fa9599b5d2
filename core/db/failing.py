"""Failures of the driver in the words of the domain."""

from sqlalchemy.exc import DBAPIError, OperationalError

from core.domain.errors import ConflictError, StorageUnavailableError

_SERIALIZATION_FAILURE, _DEADLOCK = "40001", "40P01"
_NO_TABLE = "42P01"


def unavailable(error: Exception) -> StorageUnavailableError:
    """The database does not answer, with the first line of the driver's reason."""
    reason = str(error.__cause__ or error).strip().splitlines()[0]
    return StorageUnavailableError(f"the database does not answer ({reason}); see `expediter db status`")


def translated(error: DBAPIError) -> Exception:
    """What a failed statement means: a conflict, a database that is gone, or else the failure itself."""
    state = getattr(error.orig, "sqlstate", None)
    if state in {_SERIALIZATION_FAILURE, _DEADLOCK}:
        return ConflictError("somebody changed the same thing at the same moment; try again")
    if state == _NO_TABLE:
        return StorageUnavailableError("the database has no tables of ours yet; run `expediter db migrate`")
    if error.connection_invalidated or isinstance(error, OperationalError):
        return unavailable(error)
    return error
