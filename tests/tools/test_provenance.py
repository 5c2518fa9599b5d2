"""Where arguments come from: nothing that partners wrote decides what is proposed, whatever the model was told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.fakes import FakeCore
from tests.tools.samples import CASE
from tools.provenance import MAY_BE_FROM, Role, Source, role_of, traced
from tools.registry import TOOLS, toolset
from tools.spec import Effect, NextStep, Refusal, Tool

PROPOSALS = [tool for tool in TOOLS if tool.effect is Effect.PROPOSE]


@given(data=st.data(), tool=st.sampled_from(PROPOSALS))
@settings(max_examples=60)
def test_a_proposal_takes_each_argument_only_from_where_it_may_come(data: st.DataObject, tool: Tool) -> None:
    core = FakeCore()
    core.plan_options(CASE)
    core.calls.clear()
    example = dict(tool.examples[0])
    sources = {
        name: data.draw(st.sampled_from(Source), label=name)
        for name in example
        if data.draw(st.booleans(), label="said")
    }

    answer = toolset(core).call(tool.name, example, sources=sources)

    allowed = all(sources.get(name) in MAY_BE_FROM[role_of(tool.takes, name)] for name in example)
    tainted = isinstance(answer, Refusal) and answer.code == "tainted_argument"
    assert tainted is not allowed
    if tainted:
        assert core.calls == []


@pytest.mark.parametrize("tool", PROPOSALS, ids=lambda tool: tool.name)
def test_no_words_of_a_partner_are_a_value_or_an_id_of_a_proposal(tool: Tool) -> None:
    roles = {name: role_of(tool.takes, name) for name in tool.takes.model_fields}

    trusting = {name for name, role in roles.items() if Source.PARTNER_TEXT in MAY_BE_FROM[role]}
    assert trusting <= {"text"}
    assert {name for name, role in roles.items() if role is Role.VALUE} <= {"quantity", "date", "needed_by", "by"}


def test_a_tainted_argument_is_told_with_what_would_be_accepted() -> None:
    arguments = {"order": "SO-1042", "line": 1, "quantity": 9_999}
    sources = {"order": Source.PARTNER_STRUCTURED, "line": Source.CORE, "quantity": Source.PARTNER_STRUCTURED}

    refusal = toolset(FakeCore()).call("propose_order_change", arguments, sources=sources)

    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.next, refusal.field) == ("tainted_argument", NextStep.FIXABLE, "quantity")
    assert refusal.message == (
        "quantity of a proposal may not be taken: it comes from 'partner_structured'; accepted is 'core' or 'operator'."
        " Ask the person who is served to say it, or take an id that a tool gave"
    )


def test_reads_take_arguments_from_anywhere() -> None:
    answer = toolset(FakeCore()).call("show_case", {"case": CASE}, sources={"case": Source.PARTNER_TEXT})

    assert not isinstance(answer, Refusal)


def test_what_a_model_chose_is_traced_to_whoever_said_it() -> None:
    arguments = {"order": "so-1042", "line": 1, "from_location": "RENO", "quantity": 1200, "date": "2026-03-31"}

    found = traced(
        arguments,
        said="Please move 1,200 for SO-1042, it is urgent",
        told=['{"order": "SO-1042", "line": 1, "location": "RENO"}', "EVIL-RENO-2"],
    )

    assert found == {
        "order": Source.OPERATOR,
        "line": Source.CORE,
        "from_location": Source.CORE,
        "quantity": Source.OPERATOR,
    }


def test_a_number_within_another_is_nobody_s() -> None:
    assert traced({"quantity": 12, "order": "SO-1"}, said="120 for SO-12", told=["line 312"]) == {}


@given(value=st.text(min_size=1, max_size=6), said=st.text(max_size=30))
@settings(max_examples=50)
def test_what_nobody_said_has_no_source(value: str, said: str) -> None:
    found = traced({"item": value}, said=said, told=())

    assert not found or value.casefold().strip() in said.casefold().replace(",", "") or value.isdigit()
