"""Storage of letters, of how they were read, and of the drafts they became."""

from typing import Protocol

from core.domain.ids import CustomerCode
from core.domain.intake.drafts import DraftId, DraftOrder, DraftState
from core.domain.intake.letters import Letter
from core.domain.intake.readings import ReadLetter
from core.domain.intake.transcripts import ReadBy


class DraftStore(Protocol):
    """Letters kept once a content, and drafts with all their versions."""

    def keep_letter(self, content_hash: str, letter: Letter) -> bool:
        """Keep what was received; False when it is there already."""
        ...

    def letter(self, content_hash: str) -> Letter:
        """What was received; NotFoundError for a hash nobody knows."""
        ...

    def keep_reading(self, content_hash: str, reading: ReadLetter) -> None:
        """Keep how a letter was read; the first reading by rules, and the first by a model, stay."""
        ...

    def reading(self, content_hash: str, by: ReadBy) -> ReadLetter | None:
        """How a letter was read, None when it was not."""
        ...

    def new_id(self) -> DraftId:
        """An id no draft has."""
        ...

    def add(self, draft: DraftOrder) -> None:
        """A new draft with its letters."""
        ...

    def save(self, draft: DraftOrder, *, version: int, letter: str | None = None) -> DraftOrder:
        """The draft as it is from now on, one version on, with one more letter perhaps; ConflictError when it is not at
        `version` any more."""
        ...

    def get(self, draft: DraftId) -> DraftOrder:
        """A draft; NotFoundError when there is none."""
        ...

    def lock(self, draft: DraftId) -> DraftOrder:
        """The same, and nobody else changes it until this transaction ends."""
        ...

    def listed(self, *states: DraftState) -> tuple[DraftOrder, ...]:
        """The drafts in these states, all without any, the newest first."""
        ...

    def of_letter(self, content_hash: str) -> DraftId | None:
        """The draft a letter went into."""
        ...

    def of_message(self, message_id: str) -> DraftId | None:
        """The draft of the letter with this message id."""
        ...

    def open_of(self, customer: CustomerCode) -> tuple[DraftOrder, ...]:
        """The drafts of a customer that are neither confirmed, rejected nor superseded, the oldest first. Whoever asks
        for the same customer waits until this transaction ends."""
        ...
