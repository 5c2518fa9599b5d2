"""Runs of characters no person writes are cut before anybody reads them; what people write stays as it is."""

import pytest

from agents.order_intake.letters import read_letter
from agents.order_intake.mail.limits import LINE_CHARACTERS, WORD_CHARACTERS
from agents.order_intake.mail.long_runs import within_reach


@pytest.mark.parametrize("text", ["Please send 40 GV-04.\n\nThanks", "a" * WORD_CHARACTERS, "x " * 400, ""])
def test_what_people_write_stays(text: str) -> None:
    assert within_reach(text) == (text, False)


def test_a_word_longer_than_any_is_cut_and_told() -> None:
    letter = read_letter("40 pcs of " + "x" * 5_000 + " please")

    assert letter.documents[0].text == "40 pcs of " + "x" * WORD_CHARACTERS + " please"
    assert letter.faults == ("The body had words of more than 400 characters: they were cut",)


def test_a_long_web_address_is_cut_without_a_word() -> None:
    text, told = within_reach("see https://example.com/" + "y" * 900 + " for more")

    assert (len(text), told) == (len("see  for more") + WORD_CHARACTERS, False)


def test_a_wide_gap_is_narrowed() -> None:
    assert within_reach("40" + " " * 5_000 + "GV-04") == ("40" + " " * 100 + "GV-04", False)


def test_a_long_line_is_broken_at_the_end_of_a_sentence_and_loses_nothing() -> None:
    line = "Send 40 GV-04 by Friday. " * 200

    text, told = within_reach(line)

    assert text.replace("\n", " ") == line
    assert not told
    lines = text.split("\n")
    assert all(len(one) <= LINE_CHARACTERS for one in lines)
    assert all(one.endswith(".") for one in lines[:-1])
