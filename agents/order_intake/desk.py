"""Taking a letter in without a model: read by rules, resolved by the core, kept as a draft or a question."""

from agents.order_intake.reading.transcribing import transcribe
from agents.order_intake.services import IntakeServices
from agents.order_intake.understanding import understand
from core.domain.intake.drafts import DraftOrder
from core.domain.intake.letters import Letter


def take_in(desk: IntakeServices, letter: Letter) -> DraftOrder:
    """The draft a letter becomes, or the draft it answers with the answer merged in. The same letter twice is one."""
    around = desk.surroundings()
    transcript = transcribe(letter, around.vocabulary)
    return desk.keep(letter, understand(letter, transcript, around.vocabulary, as_of=around.today))
