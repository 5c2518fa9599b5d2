"""Words of a model as they come: a sentence is shown once every number, day and code in it was found in the facts."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agents.grounding import ungrounded
from agents.llm.errors import ModelError
from agents.llm.port import Answer, Message, ModelPort
from agents.ops_chat.asking import PURPOSE

MOST_SENTENCES = 30
_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What was shown, how many sentences were not, and why the model stopped, if it failed."""

    text: str
    left_out: int
    failure: str


def speak(model: ModelPort, messages: list[Message], facts: str, show: Callable[[str], None]) -> Spoken:
    """Have the model answer; `show` gets each sentence that stands the check."""
    shown, left_out, failure = list[str](), 0, ""
    try:
        for sentence in sentences(_words(model, messages)):
            if len(shown) + left_out >= MOST_SENTENCES or _strange(sentence) or ungrounded(sentence, facts):
                left_out += 1
                continue
            show(sentence if not shown else f" {sentence}")
            shown.append(sentence)
    except ModelError as error:
        failure = error.failure.value
    return Spoken(text=" ".join(shown), left_out=left_out, failure=failure)


def _words(model: ModelPort, messages: list[Message]) -> Iterator[str]:
    for piece in model.stream(messages, PURPOSE):
        if not isinstance(piece, Answer):
            yield piece.text


def sentences(pieces: Iterator[str]) -> Iterator[str]:
    """Whole sentences out of pieces, as soon as each has ended."""
    rest = ""
    for piece in pieces:
        rest += piece
        *whole, rest = _END.split(rest)
        yield from (sentence.strip() for sentence in whole if sentence.strip())
    if rest.strip():
        yield rest.strip()


def _strange(text: str) -> bool:
    return "://" in text or any(unicodedata.category(character)[0] == "C" for character in text)
