"""A transcript understood: what its written values mean, and the same words read again by the second reader."""

from datetime import date

from agents.order_intake.second.reader import read_again
from agents.order_intake.values.dates import read_date
from agents.order_intake.values.numbers import Habits, habits_of
from agents.order_intake.values.prices import read_price
from agents.order_intake.values.quantities import read_quantity
from core.domain.intake.letters import Letter
from core.domain.intake.readings import ReadLetter, ReadLine
from core.domain.intake.transcripts import TranscribedLine, Transcript
from core.domain.intake.vocabulary import Vocabulary


def understand(letter: Letter, transcript: Transcript, vocabulary: Vocabulary, *, as_of: date) -> ReadLetter:
    """The letter read twice. Values stay ambiguous where they are: nothing is guessed here."""
    language, habits = transcript.language, habits_of(one.text for one in letter.documents)
    requested, ordered = transcript.requested, transcript.order_date
    return ReadLetter(
        transcript=transcript,
        lines=tuple(_line(line, language, habits, as_of) for line in transcript.lines),
        requested=read_date(requested, language, as_of, habits) if requested else None,
        order_date=read_date(ordered, language, as_of, habits) if ordered else None,
        second=read_again(letter, transcript, vocabulary, as_of=as_of),
    )


def _line(line: TranscribedLine, language: str, habits: Habits, as_of: date) -> ReadLine:
    return ReadLine(
        written=line,
        quantity=read_quantity(line.quantity, language, habits) if line.quantity else None,
        requested=read_date(line.requested, language, as_of, habits) if line.requested else None,
        price=read_price(line.unit_price, language, habits) if line.unit_price else None,
    )
