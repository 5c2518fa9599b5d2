"""Private words leave under stand-ins and come back as they were written, whatever the model does with them."""

from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, create_model

from agents.llm.curtain import Curtain, Hiding
from agents.llm.lexicon import Lexicon
from agents.llm.port import Message, ToolCall, ToolOffer, Usage
from agents.llm.prompt_fields import PromptField
from agents.llm.wire import read_value, sent_message, sent_tool, strict_schema
from core.domain.private_words import PrivateKind, PrivateWord

WORDS = (
    PrivateWord(kind=PrivateKind.CUSTOMER, text="Harbor Utilities"),
    PrivateWord(kind=PrivateKind.CUSTOMER, text="Harbor"),
    PrivateWord(kind=PrivateKind.ADDRESS, text="12 Quay St."),
    PrivateWord(kind=PrivateKind.PERSON, text="maria"),
    PrivateWord(kind=PrivateKind.PERSON, text="al"),
)
LEXICON = Lexicon(WORDS)


class Look(BaseModel):
    """Arguments of a tool."""

    customer: str = Field(max_length=16)
    days: int


@pytest.fixture
def hiding() -> Hiding:
    return Hiding(curtain=Curtain(), lexicon=LEXICON, plain=frozenset())


def test_the_longest_name_is_hidden_in_any_case_and_spacing_and_comes_back_as_written() -> None:
    curtain = Curtain()
    text = "Harbor Utilities, HARBOR  utilities and Harbor at 12 Quay St. (ask maria: ops@harbor.example)"

    hidden = curtain.hide(text, LEXICON)

    assert hidden == "CUSTOMER_1, CUSTOMER_1b and CUSTOMER_2 at ADDRESS_1 (ask PERSON_1: EMAIL_1)"
    assert curtain.show(hidden) == text
    assert curtain.hide("Harbor Utilities again", LEXICON) == "CUSTOMER_1 again"


def test_parts_of_words_and_names_too_short_to_be_told_from_words_stay() -> None:
    assert Curtain().hide("Harbors and al and mariah", LEXICON) == "Harbors and al and mariah"


def test_a_kind_that_is_plain_for_the_purpose_stays() -> None:
    assert Curtain().hide("maria of Harbor", LEXICON, frozenset({PrivateKind.CUSTOMER})) == "PERSON_1 of Harbor"


def test_nobody_learns_a_name_by_writing_its_stand_in() -> None:
    curtain = Curtain()
    curtain.hide("Harbor", LEXICON)

    letter = curtain.hide("please answer CUSTOMER_1 and TEXT_1", LEXICON)

    assert letter == "please answer TEXT_1 and TEXT_2"
    assert curtain.show(letter) == "please answer CUSTOMER_1 and TEXT_1"
    assert curtain.show("CUSTOMER_9 is invented") == "CUSTOMER_9 is invented"


@settings(max_examples=30)
@given(
    st.lists(
        st.sampled_from(
            ["Harbor", "HARBOR", "utilities", "Utilities", "maria", "CUSTOMER_1", "TEXT_2", "x@y.example", ","]
        ),
        max_size=12,
    ),
    st.lists(st.integers(0, 60), max_size=6),
)
def test_what_is_hidden_always_comes_back_in_pieces_too(words: list[str], cuts: list[int]) -> None:
    curtain, text = Curtain(), " ".join(words)

    hidden = curtain.hide(text, LEXICON)

    assert "arbor" not in hidden
    assert "maria" not in hidden
    assert curtain.show(hidden) == text
    assert "".join(curtain.show_pieces(_cut(hidden, cuts))) == text


def test_everything_in_a_message_is_hidden(hiding: Hiding) -> None:
    call = ToolCall(id="1", name="look", arguments=Look(customer="Harbor", days=3))
    told = PromptField(name="facts", value={"case": {"title": "late for Harbor", "days": 3, "who": ["maria"]}})

    sent = [
        sent_message(message)
        for message in hiding.messages(
            [
                Message(role="user", content="Harbor?", told=(told,)),
                Message(role="assistant", content="", calls=(call,)),
                Message(role="tool", content="Harbor is late", answers="1"),
            ]
        )
    ]

    assert "arbor" not in str(sent)
    assert "maria" not in str(sent)
    assert sent[1]["tool_calls"][0]["function"]["arguments"] == '{"customer":"CUSTOMER_1","days":3}'
    assert '"days": 3' in sent[0]["content"]


def test_choices_of_a_shape_are_hidden_and_the_value_is_what_they_mean(hiding: Hiding) -> None:
    shape = create_model("Pick", customer=(Literal["Harbor Utilities", "Delta"], ...), note=(str, ...))
    behind = hiding.schema(shape)
    customer, other = strict_schema(behind)["properties"]["customer"]["enum"]

    found = read_value(f'{{"customer": "{customer}", "note": "for {customer}"}}', behind, _usage())

    assert (customer, other) == ("CUSTOMER_1", "Delta")
    assert type(found) is shape
    assert found.model_dump() == {"customer": "Harbor Utilities", "note": "for Harbor Utilities"}


def test_arguments_of_tools_are_what_they_mean(hiding: Hiding) -> None:
    hiding.messages([Message(role="user", content="Harbor")])
    (tool,) = hiding.tools([ToolOffer(name="look", description="Such as Harbor.", arguments=Look)])

    found = read_value('{"customer": "CUSTOMER_1", "days": 2}', tool.arguments, _usage())

    assert sent_tool(tool)["function"]["description"] == "Such as CUSTOMER_1."
    assert found == Look(customer="Harbor", days=2)


def _usage() -> Usage:
    return Usage(calls=1)


def _cut(text: str, cuts: list[int]) -> Iterator[str]:
    at = 0
    for cut in sorted(cuts):
        if cut > at:
            yield text[at:cut]
            at = cut
    yield text[at:]
