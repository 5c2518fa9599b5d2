"""A metered model: undeclared fields stay, every call is counted, and nothing is asked once a budget is spent."""

import threading
from typing import Literal

import pytest
import respx
from pydantic import BaseModel

from agents.llm.budget import Budget, Limits
from agents.llm.errors import (
    BudgetSpentError,
    FieldNotDeclaredError,
    ModelFailure,
    ModelInvalidError,
    ModelUnavailableError,
)
from agents.llm.metered import Metered
from agents.llm.port import Answer, Message, TextPiece, ToolOffer
from agents.llm.prices import read_prices
from agents.llm.prompt_fields import PromptField
from agents.llm.purposes import PURPOSES
from agents.llm.scripted import ScriptedModel
from tests.agents.llm.ledgers import Ledger, metered
from tests.agents.llm.servers import COMPLETIONS, body
from tests.agents.llm.servers import model as real_model

GOOD = '{"option": "A"}'
CASE = PromptField(name="facts", value={"case": {"id": "CASE-1"}})
QUESTION = (Message(role="system", content="Choose."), Message(role="user", told=(CASE,)))


class Pick(BaseModel):
    """The shape asked for."""

    option: Literal["A", "B"]


LOOK = ToolOffer(name="look", description="Looks.", arguments=Pick)


def test_a_call_is_kept_with_its_purpose_cost_and_the_names_of_what_left() -> None:
    ledger = Ledger()
    prices = read_prices("scripted=1/0/2")

    answer = metered(ScriptedModel([GOOD]), ledger, prices=prices).complete(QUESTION, Pick, "advise")

    (call,) = ledger.calls
    assert (call.run, call.purpose, call.verb, call.model) == ("RUN-1", "advise", "complete", "scripted")
    assert (call.prompt_tokens, call.completion_tokens, call.micros) == (100, 20, 140)
    assert call.fields == ("facts.case.id", "instructions")
    assert (call.prompt_hash, call.failure) == (answer.prompt_hash, "")


def test_every_verb_is_counted() -> None:
    ledger = Ledger()
    model = metered(ScriptedModel([GOOD, (("look", GOOD),), "Two words"]), ledger)
    talk = (Message(role="user", content="Where is it?"),)

    model.complete(QUESTION, Pick, "advise")
    calls = model.choose(talk, [LOOK], "chat").value
    *pieces, last = model.stream((*talk, Message(role="assistant", calls=calls)), "chat")

    assert [call.verb for call in ledger.calls] == ["complete", "choose", "stream"]
    assert ledger.calls[2].fields == ("answer", "words")
    assert [piece.text for piece in pieces if isinstance(piece, TextPiece)] == ["Two ", "words"]
    assert isinstance(last, Answer)


@pytest.mark.parametrize(
    ("message", "purpose", "named"),
    [
        (Message(role="user", told=(PromptField(name="facts", value={"case": {"margin": "9"}}),)), "advise", "margin"),
        (Message(role="user", content="free words"), "advise", "words"),
        (Message(role="tool", content="rows", answers="1"), "transcribe", "tool_result"),
        (Message(role="user", told=(PromptField(name="bank", value="DE02"),)), "chat", "bank"),
        (Message(role="user", told=(CASE,)), "gossip", "'gossip' is not declared"),
    ],
)
def test_what_is_not_declared_for_a_purpose_does_not_leave(message: Message, purpose: str, named: str) -> None:
    ledger, inner = Ledger(), ScriptedModel([GOOD])

    with pytest.raises(FieldNotDeclaredError, match=named) as caught:
        metered(inner, ledger).complete([message], Pick, purpose)

    assert isinstance(caught.value, ModelUnavailableError)
    assert (inner.asked, ledger.calls) == ([], [])


def test_what_a_failed_call_cost_is_kept_with_its_failure() -> None:
    ledger = Ledger()
    model = metered(ScriptedModel(["no json", ModelUnavailableError(ModelFailure.TIMEOUT, "slow")]), ledger)

    for wanted in (ModelInvalidError, ModelUnavailableError):
        with pytest.raises(wanted):
            model.complete(QUESTION, Pick, "advise")

    assert [(call.failure, call.tokens) for call in ledger.calls] == [("not_json", 120), ("timeout", 0)]
    assert all(len(call.prompt_hash) == 64 for call in ledger.calls)


def test_a_stream_that_breaks_or_is_left_is_counted_once() -> None:
    ledger = Ledger()
    model = metered(ScriptedModel(["a b", ModelUnavailableError(ModelFailure.CONNECTION, "gone")]), ledger)
    talk = (Message(role="user", content="Hello"),)

    left = model.stream(talk, "chat")
    next(left)
    left.close()  # pyright: ignore[reportAttributeAccessIssue]
    with pytest.raises(ModelUnavailableError):
        list(model.stream(talk, "chat"))

    assert [call.failure for call in ledger.calls] == ["abandoned", "connection"]


SPENT: list[tuple[Limits, int, str]] = [
    (Limits(run_tokens=200), 25, "the run has used 240 of 200 tokens"),
    (Limits(day_tokens=200), 25, "240 of 200 tokens a day are used"),
    (Limits(run_micros=1), 25, "the run has cost 0.00028 of 0.000001"),
    (Limits(day_micros=1), 25, "model calls have cost 0.00028 of 0.000001 a day"),
    (Limits(), 2, "the run has made 2 of 2 model calls"),
]


@pytest.mark.parametrize(("limits", "calls", "why"), SPENT)
def test_a_spent_budget_asks_nothing_also_after_a_resume(limits: Limits, calls: int, why: str) -> None:
    ledger, prices = Ledger(most_calls=calls), read_prices("scripted=1/0/2")
    before = metered(ScriptedModel([GOOD, GOOD]), ledger, limits=Limits(), prices=prices)
    before.complete(QUESTION, Pick, "advise")
    before.complete(QUESTION, Pick, "advise")
    resumed, inner = ledger, ScriptedModel([GOOD])

    with pytest.raises(BudgetSpentError, match=why):
        metered(inner, resumed, limits=limits).complete(QUESTION, Pick, "advise")

    assert (inner.asked, len(ledger.calls)) == ([], 2)


def test_the_day_counts_all_runs_and_a_run_only_its_own() -> None:
    ledger = Ledger()
    metered(ScriptedModel([GOOD]), ledger, run="RUN-1").complete(QUESTION, Pick, "advise")

    other = metered(ScriptedModel([GOOD]), ledger, run="RUN-2", limits=Limits(run_tokens=100, day_tokens=1_000))
    other.complete(QUESTION, Pick, "advise")

    with pytest.raises(BudgetSpentError, match="240 of 200 tokens a day"):
        metered(ScriptedModel([]), ledger, run="RUN-3", limits=Limits(day_tokens=200)).complete(
            QUESTION, Pick, "advise"
        )


def test_what_a_server_does_not_count_is_estimated(httpx2_mock: respx.Router) -> None:
    told = body('{"option": "A"}')
    del told["usage"]
    httpx2_mock.post(COMPLETIONS).respond(json=told)
    ledger = Ledger()

    metered(real_model(), ledger).complete((Message(role="user", content="x" * 4_001),), Pick, "chat")

    (call,) = ledger.calls
    assert (call.prompt_tokens, call.completion_tokens) == (1_001, 4)


def test_a_loop_of_a_thousand_calls_ends_at_the_budget() -> None:
    ledger, inner = Ledger(), ScriptedModel([GOOD] * 1000)
    model = metered(inner, ledger)

    refused = sum(_refused(model) for _ in range(1000))

    assert (refused, len(inner.asked), len(ledger.calls)) == (975, 25, 25)


def test_calls_at_the_same_time_do_not_pass_the_budget_together() -> None:
    budget = Budget("RUN-1", ledger=Ledger(most_calls=1), limits=Limits())
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with budget.one_call():
            inside.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert inside.wait(10)
    with pytest.raises(BudgetSpentError), budget.one_call():
        pass
    leave.set()
    thread.join()


def test_every_purpose_has_a_setting_of_its_own() -> None:
    settings = [purpose.setting for purpose in PURPOSES.values()]

    assert settings[0] == "EXPEDITER_MODEL_ADVISE"
    assert len(set(settings)) == len(settings)


def _refused(model: Metered) -> int:
    try:
        model.complete(QUESTION, Pick, "advise")
    except BudgetSpentError:
        return 1
    return 0
