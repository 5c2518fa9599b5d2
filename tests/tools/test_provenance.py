"""Where arguments come from: nothing that partners wrote decides what is proposed, whatever the model was told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.fakes import FakeCore
from tests.tools.samples import CASE
from tools.provenance import MAY_BE_FROM, Role, Source, role_of
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
    assert {name for name, role in roles.items() if role is Role.VALUE} <= {"quantity", "date"}


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
