"""What people say to each other about a case; nothing is decided by it, and no agent reads it."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import CaseId, UserName

LONGEST_COMMENT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseComment:
    """One thing said about a case. It stays as it was said."""

    case: CaseId
    author: UserName
    text: str
    said_at: datetime
