"""Questions and commands as people of an order desk type them, and the tool call each of them stands for."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.ops_chat.names import Kind, Mention, Named, book_of
from agents.ops_chat.understanding import understand
from agents.ops_chat.understood import Context, Memory, Understood, Unread
from core.demo.company import demo_company
from tests.agents.ops_chat.not_ours import NOT_OURS
from tests.agents.ops_chat.typed import READ
from tests.agents.ops_chat.typed_changes import CHANGES


def _known() -> list[Named]:
    company = demo_company()
    named = [
        *((Kind.CUSTOMER, one.code, one.name) for one in company.customers),
        *((Kind.SUPPLIER, one.code, one.name) for one in company.suppliers),
        *((Kind.ITEM, one.code, one.name) for one in company.items),
        *((Kind.LOCATION, one.code, one.name) for one in company.locations),
        *((Kind.SITE, site, site) for site in sorted({one.site for one in company.locations})),
    ]
    return [Named(kind=kind, code=code, names=(name,)) for kind, code, name in named]


CONTEXT = Context(today=date(2026, 11, 2), book=book_of(_known()))


@pytest.mark.parametrize(("said", "tool", "arguments"), [*READ, *CHANGES])
def test_a_question_is_the_call_of_a_tool(said: str, tool: str, arguments: dict[str, object]) -> None:
    assert understand(said, CONTEXT) == Understood(tool=tool, arguments=arguments)


@pytest.mark.parametrize(("said", "kind"), NOT_OURS)
def test_what_cannot_be_read_or_is_for_people_is_said_so(said: str, kind: str) -> None:
    found = understand(said, CONTEXT)

    assert isinstance(found, Unread)
    assert found.kind == kind


def test_a_pronoun_stands_for_what_was_named_before() -> None:
    order = Mention(kind=Kind.ORDER, value="SO-1042", start=0, end=7, line=2)
    before = Context(today=CONTEXT.today, book=CONTEXT.book, memory=Memory(last={Kind.ORDER: order}))

    found = understand("and why is it late?", before)

    assert found == Understood(tool="explain_order_line", arguments={"order": "SO-1042", "line": 2})


@pytest.mark.parametrize(
    ("said", "case"),
    [("show me the second one", "CASE-7"), ("options for the last one", "CASE-9"), ("number 1", "CASE-3")],
)
def test_one_of_a_list_is_pointed_at(said: str, case: str) -> None:
    shown = replace(CONTEXT, memory=Memory(listed=("CASE-3", "CASE-7", "CASE-9")))

    found = understand(said, shown)

    assert isinstance(found, Understood)
    assert found.arguments == {"case": case}


def test_without_a_conversation_a_pronoun_stands_for_nothing() -> None:
    assert isinstance(understand("why is it so?", CONTEXT), Unread)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("what if Gulf Castings is out?", "For how long"),
        ("move some from Reno to SO-1042/1", "How many"),
        ("move 20 from Reno", "For which order line"),
        ("when can we deliver GV-03?", "How many"),
        ("buy 40 from GULF", "For which order line"),
        ("negotiate for CASE-3", "With which supplier"),
        ("negotiate with GULF", "About which case"),
        ("negotiate with GULF for CASE-3 up to 12.50", "Only the supplier and the case"),
        ("negotiate with GULF for CASE-3, 8 percent less", "Only the supplier and the case"),
        ("negotiate with GULF for CASE-3-1A", "About which case"),
        ("negotiate with GULF and PERMIAN for CASE-3", "Only the supplier and the case"),
        ("negotiate with GULF for CASE-3 and CASE-7", "Only the supplier and the case"),
        ("negotiate with GULF for CASE-3 at half the price", "Only the supplier and the case"),
        ("negotiate with GULF for CASE-3, never above twenty", "Only the supplier and the case"),
        ("negotiate with GULF for CASE-3 but not by letter", "Only the supplier and the case"),
    ],
)
def test_what_is_missing_is_asked_for(said: str, asked: str) -> None:
    found = understand(said, CONTEXT)

    assert isinstance(found, Unread)
    assert found.help.startswith(asked)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_never_makes_a_proposal_by_accident(said: str) -> None:
    found = understand(said, CONTEXT)

    assert isinstance(found, Unread) or not found.tool.startswith("propose_")


def test_a_thing_that_is_named_goes_before_what_was_named_before() -> None:
    order = Mention(kind=Kind.ORDER, value="SO-1042", start=0, end=7, line=2)
    before = replace(CONTEXT, memory=Memory(last={Kind.ORDER: order}))

    found = understand("is there enough SE-03?", before)

    assert found == Understood(tool="show_stock", arguments={"item": "SE-03"})


def test_a_letter_alone_is_of_the_case_that_was_spoken_of() -> None:
    case = Mention(kind=Kind.CASE, value="CASE-3", start=0, end=6)
    before = replace(CONTEXT, memory=Memory(last={Kind.CASE: case}))

    found = understand("propose option B", before)

    assert found == Understood(tool="propose_option", arguments={"case": "CASE-3", "option": "B"})
    assert isinstance(understand("propose option B", CONTEXT), Unread)
