"""The models of runs: what settings say, and a budget that is counted from the books."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from agents.llm.budget import Limits
from agents.llm.errors import BudgetSpentError
from agents.llm.openai_chat import OpenAIChat
from agents.llm.port import Message, no_model
from agents.llm.prices import read_prices
from agents.llm.purposes import PURPOSES
from agents.llm.scripted import ScriptedModel
from agents.worker.models import NO_MODEL, ModelSettings, model_for, model_settings
from core.config import Environment
from core.domain.errors import UsageError
from core.domain.runs import Spending
from core.domain.users import AGENT_NAME
from core.ports.storage import OpenUnitOfWork
from tests.desk import Desk

TALK = (Message(role="user", content="Where is it?"),)


class Pick(BaseModel):
    """The shape asked for."""

    option: Literal["A", "B"]


@dataclass(frozen=True, slots=True)
class _App:
    """As much of an application as the models of runs need."""

    open_uow: OpenUnitOfWork
    open_agent_uow: OpenUnitOfWork


def test_a_run_pays_from_its_own_budget_whoever_goes_on_with_it(desk: Desk) -> None:
    app: Any = _App(desk.open_uow, desk.open_agent_uow)
    with desk.open_agent_uow(AGENT_NAME) as uow:
        run = uow.runs.begin(graph="ops_chat", subject="TALK-1", most_calls=2)
    settings = ModelSettings(model=ScriptedModel(['{"option": "A"}'] * 9), prices=read_prices("scripted=1/0/2"))
    first, resumed = (model_for(app, settings)(run) for _ in range(2))
    assert first is not None
    assert resumed is not None

    first.complete(TALK, Pick, "chat")
    resumed.complete(TALK, Pick, "chat")
    with pytest.raises(BudgetSpentError, match="made 2 of 2 model calls"):
        first.complete(TALK, Pick, "chat")

    with desk.open_agent_uow(AGENT_NAME) as uow:
        assert uow.model_calls.spent(run) == Spending(calls=2, tokens=240, micros=280)
        assert [call.fields for call in uow.model_calls.of_run(run)] == [("words",)] * 2


def test_no_key_means_no_model_for_any_run() -> None:
    settings = model_settings(Environment())

    assert settings.model is None
    assert model_for(_nothing(), settings) is no_model
    assert model_for(_nothing(), NO_MODEL)("RUN-1") is None


def test_settings_name_a_model_for_a_purpose_and_its_price() -> None:
    environment = Environment(
        openai_api_key="not-a-key",
        expediter_model="large",
        expediter_model_chat="small",
        expediter_model_prices="small=1/1/1",
        expediter_model_tokens_per_run=7,
        expediter_model_money_per_day=Decimal("0.5"),
    )

    settings = model_settings(environment)

    assert isinstance(settings.model, OpenAIChat)
    assert [settings.model_name(purpose) for purpose in ("chat", "advise")] == ["small", "large"]
    assert settings.limits == Limits(run_tokens=7, day_micros=500_000)


def test_a_money_limit_needs_prices() -> None:
    with pytest.raises(UsageError, match="needs EXPEDITER_MODEL_PRICES"):
        model_settings(Environment(expediter_model_money_per_run=Decimal(1)))


def test_every_purpose_has_its_setting() -> None:
    assert {purpose.setting.lower() for purpose in PURPOSES.values()} <= Environment.model_fields.keys()


def _nothing() -> Any:
    return None
