"""Failures of the driver in the words of the domain."""

from collections.abc import Mapping

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
        return ConflictError(f"somebody stored the same thing before: {_key_of(error, cause)}")
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


def _key_of(error: DBAPIError | psycopg.Error, cause: UniqueViolation) -> str:
    """Which key is there already. Of a table with row level security the database does not say it: then it is what the
    statement said for the columns the constraint is named by, where that was one row."""
    if cause.diag.message_detail:
        return cause.diag.message_detail
    table, name = str(cause.diag.table_name), str(cause.diag.constraint_name)
    column, said = name.removeprefix(f"uq_{table}_"), error.params if isinstance(error, DBAPIError) else None
    if isinstance(said, Mapping) and column in said:
        return f"Key ({column})=({said[column]}) already exists."
    return f"{name} already exists."


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0]
