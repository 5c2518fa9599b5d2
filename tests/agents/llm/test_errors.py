"""Every way a model can fail is in the manual."""

from pathlib import Path

from agents.llm.errors import ModelFailure, ModelInvalidError, ModelUnavailableError

DOCUMENT = Path(__file__).parents[3] / "docs" / "desk.md"


def test_every_code_and_word_is_in_the_manual() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    words = [ModelUnavailableError.code, ModelInvalidError.code, *ModelFailure]
    assert [word for word in words if f"`{word}`" not in text] == []
