"""A recorded answer is replayed word for word, what is not recorded is said, and no model means that none answers."""

from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel

from agents.llm.errors import ModelFailure, ModelUnavailableError
from agents.llm.port import Answer, Message, ModelPort, TextPiece, ToolOffer
from agents.llm.recorded import Recorded
from agents.llm.rules import RulesOnly
from agents.llm.scripted import ScriptedModel

QUESTION = (Message(role="user", content="A or B?"),)
GOOD = '{"option":"A"}'


class Pick(BaseModel):
    """The shape asked for."""

    option: Literal["A", "B"]


LOOK = ToolOffer(name="look", description="Looks.", arguments=Pick)


def ask(model: ModelPort) -> tuple[object, ...]:
    """Each verb once; usage and model belong to what is said."""
    chosen = model.choose(QUESTION, [LOOK], "chat")
    words = "".join(piece.text for piece in model.stream(QUESTION, "chat") if isinstance(piece, TextPiece | Answer))
    found = model.complete(QUESTION, Pick, "advise")
    return found.value, found.usage, found.model, chosen.value, chosen.usage, words


def test_what_was_recorded_is_answered_again_without_the_model(tmp_path: Path) -> None:
    script = ScriptedModel([(("look", GOOD),), "Yes.", GOOD])
    live = ask(Recorded(tmp_path, recording=script))

    replayed = ask(Recorded(tmp_path))
    again = ask(Recorded(tmp_path, recording=ScriptedModel([])))

    assert live == replayed == again
    assert len(list(tmp_path.glob("*.json"))) == 3


def test_another_question_is_not_recorded(tmp_path: Path) -> None:
    Recorded(tmp_path, recording=ScriptedModel([GOOD])).complete(QUESTION, Pick, "advise")

    with pytest.raises(ModelUnavailableError) as caught:
        Recorded(tmp_path).complete((*QUESTION, *QUESTION), Pick, "advise")

    assert caught.value.failure is ModelFailure.NOT_RECORDED


def test_no_model_answers_nothing() -> None:
    for verb in (
        lambda: RulesOnly().complete(QUESTION, Pick, "advise"),
        lambda: RulesOnly().choose(QUESTION, [LOOK], "chat"),
        lambda: RulesOnly().stream(QUESTION, "chat"),
    ):
        with pytest.raises(ModelUnavailableError) as caught:
            verb()
        assert caught.value.failure is ModelFailure.NO_MODEL
