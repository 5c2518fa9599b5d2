"""What is said about a case, from the question to the words."""

import pytest

from tests.agents.ops_chat.chats import FakeChat, core

ASKED = (
    (
        "what is wrong?",
        (
            "1 case is open. The most is at stake in CASE-1: FG-100 at RENO: 40 units lacking; 1,250.50 at risk "
            "on 1 order "
            "line, to be decided by 2026-03-06."
        ),
    ),
    (
        "stock elsewhere for CASE-1",
        "1 other location can give units up; the soonest is GHENT: 50 units there on 2026-03-07.",
    ),
)


@pytest.mark.parametrize(("question", "text"), ASKED)
def test_an_answer_about_the_case(question: str, text: str) -> None:
    assert FakeChat(core=core()).ask(question)["text"] == text
