"""Failures of the driver in the words of the domain."""

import psycopg
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import DBAPIError

from core.domain.errors import ConflictError, HaltedError, InvalidValueError, StorageUnavailableError, TryAgainError
from core.domain.showing import shown

_SERIALIZATION_FAILURE, _DEADLOCK = "40001", "40P01"
_NO_TABLE = "42P01"
_REFUSED = "EX409"  # what our own functions raise when the books do not allow a step
_HALTED = "EX423"  # what the guard of effects and messages raises


def unavailable(error: Exception) -> StorageUnavailableError:
    """The database does not answer, with the first line of the driver's reason."""
    reason = _first_line(error.__cause__ or error)
    return StorageUnavailableError(f"the database does not answer ({reason}); see `expediter db status`")


def translated(error: DBAPIError | psycopg.Error | UnicodeEncodeError) -> Exception:
    """What a failed statement means: a conflict, a database that is gone, or else the failure itself."""
    if isinstance(error, UnicodeEncodeError):  # a half of a surrogate pair: the driver cannot even send it
        return InvalidValueError(f"a value cannot be stored: {shown(error.object)} is no text")
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = cause.sqlstate if isinstance(cause, psycopg.Error) else None
    if state in {_SERIALIZATION_FAILURE, _DEADLOCK}:
        return TryAgainError("somebody changed the same thing at the same moment; try again")
    if isinstance(cause, UniqueViolation):
        # Of a table with row level security the database does not say which key it is, only whose.
        found = cause.diag.message_detail or f"{cause.diag.constraint_name} already exists."
        return ConflictError(f"somebody stored the same thing before: {found}")
    if state == _REFUSED and cause is not None:
        return ConflictError(f"{_first_line(cause)}; nothing was changed")
    if state == _HALTED and cause is not None:
        return HaltedError(f"everything is {_first_line(cause)}")
    if isinstance(cause, psycopg.DataError):
        return InvalidValueError(f"a value cannot be stored: {_first_line(cause)}")
    if state == _NO_TABLE:
        return StorageUnavailableError("the database has no tables of ours yet; run `expediter db migrate`")
    if isinstance(cause, psycopg.OperationalError):
        return unavailable(error)
    return error


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0]
