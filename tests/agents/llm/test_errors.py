"""Every way a model can fail is in the manual."""

from pathlib import Path

from agents.llm.errors import (
    BudgetSpentError,
    FieldNotDeclaredError,
    ModelFailure,
    ModelInvalidError,
    ModelUnavailableError,
)

DOCUMENT = Path(__file__).parents[3] / "docs" / "models.md"


def test_every_code_and_word_is_in_the_manual() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    codes = [kind.code for kind in (ModelUnavailableError, ModelInvalidError, BudgetSpentError, FieldNotDeclaredError)]
    words = [*codes, *ModelFailure]
    assert [word for word in words if f"`{word}`" not in text] == []
