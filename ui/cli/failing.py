"""How a command fails: one clear sentence with its code, and an exit code a script can act on."""

import sys
import tempfile
import traceback
from collections.abc import Generator
from contextlib import contextmanager

from core.db.adoption import DatabaseNotPreparedError
from core.db.embedded import EmbeddedDatabaseError
from core.db.roles import DatabaseUrlError
from core.domain.errors import (
    DomainError,
    InvariantBrokenError,
    PackInvalidError,
    SchemaMismatchError,
    StorageUnavailableError,
    UsageError,
)
from core.ports.mail import MailUnavailableError
from core.ports.suppliers import SupplierUnavailableError
from core.services.packs.gaps import Severity

DONE, MISSED, WRONG, UNAVAILABLE = 0, 1, 2, 3
_SHOWN_GAPS = 25


@contextmanager
def failures_said() -> Generator[None]:
    """Turn an expected failure inside the block into a message on standard error and the right exit code."""
    try:
        yield
    except PackInvalidError as error:
        say_failure(error.code, error.message)
        _say_gaps(error)
        raise SystemExit(WRONG) from error
    except (StorageUnavailableError, SchemaMismatchError, SupplierUnavailableError, MailUnavailableError) as error:
        say_failure(error.code, error.message)
        raise SystemExit(UNAVAILABLE) from error
    except InvariantBrokenError as error:
        say_failure(error.code, error.message)
        raise SystemExit(MISSED) from error
    except DomainError as error:
        say_failure(error.code, error.message)
        raise SystemExit(WRONG) from error
    except (EmbeddedDatabaseError, DatabaseNotPreparedError) as error:
        say_failure(error.code, str(error))
        raise SystemExit(UNAVAILABLE) from error
    except DatabaseUrlError as error:
        say_failure(error.code, str(error))
        raise SystemExit(WRONG) from error
    except OSError as error:
        if error.filename is None:
            raise
        say_failure(UsageError.code, f"{str(error.filename)!r} cannot be used: {error.strerror}")
        raise SystemExit(WRONG) from error


@contextmanager
def faults_said() -> Generator[None]:
    """Turn a fault nobody foresaw into one line; a file has the details."""
    try:
        yield
    except Exception as error:
        with tempfile.NamedTemporaryFile("w", prefix="expediter-fault-", suffix=".txt", delete=False) as kept:
            kept.write("".join(traceback.format_exception(error)))
        say_failure("internal_error", f"a fault nobody foresaw, {type(error).__name__}; the details are in {kept.name}")
        raise SystemExit(MISSED) from error


def say_failure(code: str, message: str) -> None:
    sys.stderr.write(f"error [{code}] {message}\n")


def _say_gaps(error: PackInvalidError) -> None:
    """Every error; a single one is in the message already."""
    gaps = error.details.get("gaps", ())
    assert isinstance(gaps, tuple)
    errors = [gap for gap in gaps if gap.severity is Severity.ERROR]
    for gap in errors[:_SHOWN_GAPS] if len(errors) > 1 else ():
        sys.stderr.write(f"  {gap}\n")
    if len(errors) > _SHOWN_GAPS:
        sys.stderr.write(f"  and {len(errors) - _SHOWN_GAPS} more\n")
