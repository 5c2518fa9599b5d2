"""A model's words, sentence by sentence as they come."""

from hypothesis import given
from hypothesis import strategies as st

from agents.llm.errors import ModelFailure, ModelUnavailableError
from agents.llm.port import Message
from agents.llm.scripted import ScriptedModel
from agents.ops_chat.speaking import MOST_SENTENCES, sentences, speak

ASKED = [Message(role="user", content="?")]


def test_sentences_end_where_a_stop_is_followed_by_space() -> None:
    pieces = iter(["It costs 1.5", "0 now. ", "Then\nnothing", "! Really?"])

    assert list(sentences(pieces)) == ["It costs 1.50 now.", "Then", "nothing!", "Really?"]


@given(st.lists(st.text(alphabet="ab. !\n", max_size=8), max_size=8))
def test_however_words_are_cut_the_sentences_are_the_same(pieces: list[str]) -> None:
    assert list(sentences(iter(pieces))) == list(sentences(iter(["".join(pieces)])))


def test_a_sentence_is_shown_when_all_of_its_numbers_are_known() -> None:
    shown: list[str] = []

    spoken = speak(ScriptedModel(["There are 5. There are 6. Five it is."]), ASKED, "5", shown.append)

    assert shown == ["There are 5.", " Five it is."]
    assert (spoken.text, spoken.left_out, spoken.failure) == ("There are 5. Five it is.", 1, "")


def test_links_and_control_characters_are_not_shown() -> None:
    spoken = speak(ScriptedModel(["See http://x.example now. Fine.\x1b[31m"]), ASKED, "", lambda _: None)

    assert (spoken.text, spoken.left_out) == ("", 2)


def test_a_model_that_does_not_end_is_ended() -> None:
    spoken = speak(ScriptedModel(["Yes. " * 50]), ASKED, "", lambda _: None)

    assert spoken.left_out == 50 - MOST_SENTENCES


def test_a_failure_is_named() -> None:
    failing = ScriptedModel([ModelUnavailableError(ModelFailure.TIMEOUT, "slow")])

    assert speak(failing, ASKED, "", lambda _: None).failure == "timeout"
