"""What people want remembered, from their own words."""

import pytest

from agents.ops_chat.books import named_in
from agents.ops_chat.names import book_of
from agents.ops_chat.preferring import preferred
from agents.ops_chat.understanding import taken_apart
from agents.ops_chat.understood import Context
from tests.agents.ops_chat.chats import KNOWN, TODAY

CONTEXT = Context(today=TODAY, book=book_of(named_in(KNOWN)))


@pytest.mark.parametrize(
    ("said", "name", "value"),
    [
        ("my site is Reno", "site", "RENO"),
        ("I'm based in Reno plant", "site", "RENO"),
        ("I work at GHENT", "site", "GHENT"),
        ("Mein Standort ist Reno", "site", "RENO"),
        ("Mi planta es Reno", "site", "RENO"),
        ("Mon site est Reno", "site", "RENO"),
        ("Mijn vestiging is Reno", "site", "RENO"),
        ("please answer in German", "language", "de"),
        ("Antworte bitte auf Deutsch", "language", "de"),
        ("Responde en español", "language", "es"),
        ("Réponds en français", "language", "fr"),
        ("Antwoord in het Nederlands", "language", "nl"),
        ("answer in English again", "language", "en"),
        ("forget my site", "site", ""),
        ("forget my language", "language", ""),
    ],
)
def test_a_preference_is_read(said: str, name: str, value: str) -> None:
    found = preferred(taken_apart(said, CONTEXT))

    assert found is not None
    assert (found.name, found.value) == (name, value)


@pytest.mark.parametrize(
    "said",
    ["how many FG-100 are in Reno?", "is my site Reno?", "my site is great", "what is late?", "I am in a hurry"],
)
def test_a_question_is_no_preference(said: str) -> None:
    assert preferred(taken_apart(said, CONTEXT)) is None


def test_without_a_model_a_language_is_remembered_and_the_limit_said() -> None:
    found = preferred(taken_apart("answer in German", CONTEXT))

    assert found is not None
    assert found.told == "I will remember: answers in German. That needs a model: what I say by rules stays English."
