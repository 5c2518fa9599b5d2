"""The errors of the core: each has a stable code and one sentence a person can act on."""

from typing import ClassVar

LONGEST_MESSAGE = 2000
"""A sentence for a person; whatever was quoted in it, no more is sent back."""


class DomainError(Exception):
    """A rule was broken by the caller; `details` carries the fields a surface may show."""

    code: ClassVar[str] = "domain_error"

    def __init__(self, message: str, **details: object) -> None:
        said = message if len(message) <= LONGEST_MESSAGE else f"{message[:LONGEST_MESSAGE]}..."
        super().__init__(said)
        self.message = said
        self.details = details


class InvalidValueError(DomainError):
    """A value is not of the kind a field accepts."""

    code = "invalid_value"


class NotFoundError(DomainError):
    """Nothing is stored under the identifier given."""

    code = "not_found"


class ConflictError(DomainError):
    """The thing was changed by somebody else since it was read."""

    code = "conflict"


class IdempotencyConflictError(DomainError):
    """An idempotency key was used before for another request; nothing was done."""

    code = "idempotency_conflict"


class IllegalTransitionError(DomainError):
    """The life of a thing does not allow this step from where it is; nothing was changed."""

    code = "illegal_transition"


class TryAgainError(ConflictError):
    """Two transactions stood in each other's way and this one gave way; the same call again may succeed."""


class CircularBomError(DomainError):
    """A bill of materials leads back to itself."""

    code = "circular_bom"


class PackInvalidError(DomainError):
    """A company pack breaks a rule; `details["gaps"]` lists every place."""

    code = "pack_invalid"


class PackMissingError(DomainError):
    """The folder named is not a company pack."""

    code = "pack_missing"


class NotAuthorisedError(DomainError):
    """The person may not do this; the message says who may."""

    code = "not_authorised"


class HaltedError(DomainError):
    """Somebody halted everything; it goes on when an operations manager or administrator resumes it."""

    code = "halted"


class LimitReachedError(DomainError):
    """A key was used as often, or for as much, as it may; `details["retry_after"]` says in how many seconds again."""

    code = "limit_reached"


class AuthenticationError(DomainError):
    """The person could not be recognised."""

    code = "authentication_failed"


class SignatureRefusedError(DomainError):
    """Nobody who may tell us things signed this, or not just now."""

    code = "signature_refused"


class ProposalStaleError(DomainError):
    """The world moved since the plan was shown; `details["differences"]` says how."""

    code = "proposal_stale"


class ProposalExpiredError(DomainError):
    """The time to decide has passed."""

    code = "proposal_expired"


class HashMismatchError(DomainError):
    """What was displayed is not what is stored."""

    code = "plan_hash_mismatch"


class AlreadyDecidedError(DomainError):
    """Somebody decided first; `details` names the decision and who took it."""

    code = "already_decided"


class DuplicateOrderError(DomainError):
    """The customer has an order with this PO number already; `details["orders"]` names it."""

    code = "duplicate_order"


class QuoteExpiredError(DomainError):
    """A quote can no longer be placed as an order."""

    code = "quote_expired"


class CannotPromiseError(DomainError):
    """Some of what is asked for has no day it could be there; `details["lines"]` says which and why."""

    code = "cannot_promise"


class NotFeasibleError(DomainError):
    """What somebody wants to have done cannot be done as it is; `details["reasons"]` holds each reason."""

    code = "not_feasible"


class InsufficientStockError(DomainError):
    """Fewer units are available than were asked for; nothing was taken."""

    code = "insufficient_stock"


class CapacityExceededError(DomainError):
    """A work centre has fewer minutes free than were asked for; nothing was booked."""

    code = "capacity_exceeded"


class QuotaExhaustedError(DomainError):
    """A quota has less left than lines want; `details["lines"]` says for each what there was. Nothing was taken."""

    code = "quota_exhausted"


class InvariantBrokenError(DomainError):
    """The books contradict themselves; `details["broken"]` lists where."""

    code = "invariant_broken"


class StorageUnavailableError(DomainError):
    """The database does not answer."""

    code = "database_unavailable"


class SchemaMismatchError(DomainError):
    """The database has tables of another release than this program works on."""

    code = "schema_mismatch"


class RowsWouldBeLostError(DomainError):
    """Going back to an older schema takes away what is stored, and nobody said that it may; nothing was changed."""

    code = "rows_would_be_lost"


class BackupUnreadableError(DomainError):
    """A file that is no backup, a damaged one, or one whose books are not what it says."""

    code = "backup_unreadable"


class BackupFailedError(DomainError):
    """PostgreSQL's own programs could not write or read a backup; what was there before is as it was."""

    code = "backup_failed"


class UsageError(DomainError):
    """Options were combined in a way that means nothing."""

    code = "wrong_usage"
