"""What taking letters in needs of the core, handed in by whoever opens it: reading and keeping drafts, no more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.domain.intake.drafts import DraftId, DraftOrder
from core.domain.intake.letters import Letter
from core.domain.intake.readings import ReadLetter
from core.domain.intake.transcripts import ReadBy
from core.domain.intake.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a letter is read against: words that master data knows, and the business date."""

    vocabulary: Vocabulary
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeServices:
    """The core as order entry sees it. `keep` makes a draft of a letter that was read, or merges it into the draft it
    answers; nothing here sends, confirms or makes an order."""

    surroundings: Callable[[], Surroundings]
    keep: Callable[[Letter, ReadLetter], DraftOrder]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphServices:
    """The core as the graph of a letter sees it. Letters and readings are kept by the content hash of the letter;
    `send` has the messages sent that wait for a draft, which were written when a person confirmed it."""

    surroundings: Callable[[], Surroundings]
    letter: Callable[[str], Letter]
    keep_reading: Callable[[str, ReadLetter], None]
    draft_of: Callable[[str, ReadBy], DraftOrder]
    draft: Callable[[DraftId], DraftOrder]
    send: Callable[[DraftId], None]
