"""The models of runs over an application's books: every call is counted there, under the agents' own role."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import lru_cache

from agents.llm.budget import Budget, Limits, Spent
from agents.llm.environment import from_environment
from agents.llm.lexicon import Lexicon
from agents.llm.metered import Metered
from agents.llm.openai_chat import OpenAIChat
from agents.llm.port import ModelFor, ModelPort, no_model
from agents.llm.prices import Prices, read_prices
from agents.llm.purposes import PURPOSES
from core.bootstrap.application import Application
from core.config import Environment
from core.domain.errors import UsageError
from core.domain.ids import RunId
from core.domain.runs import ModelCall
from core.domain.users import AGENT_NAME, WORKER_NAME
from core.ports.storage import OpenUnitOfWork

RUNS_KEPT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedCalls:
    """Fulfils Ledger: each call is a row; what was spent is read from the rows."""

    open_uow: OpenUnitOfWork

    def spent(self, run: str) -> Spent:
        """What a run and the day have cost; the day begins at midnight UTC."""
        with self.open_uow(AGENT_NAME) as uow:
            began = datetime.combine(uow.now.astimezone(UTC).date(), time(), UTC)
            most = uow.runs.get(RunId(run)).most_calls
            today = uow.model_calls.spent_since(began)
            return Spent(run=uow.model_calls.spent(RunId(run)), most_calls=most, today=today)

    def keep(self, call: ModelCall) -> None:
        """Add a call."""
        with self.open_uow(AGENT_NAME) as uow:
            uow.model_calls.add(call)


class BookedNames:
    """The private words of the books, read again when master data has changed."""

    def __init__(self, open_uow: OpenUnitOfWork) -> None:
        self._open_uow = open_uow
        self._version, self._lexicon = -1, Lexicon()

    def __call__(self) -> Lexicon:
        """Those of now."""
        with self._open_uow(WORKER_NAME) as uow:
            version = uow.private_words.version()
            if version != self._version:
                self._lexicon = Lexicon(uow.private_words.all())
                self._version = version
        return self._lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """The model of the settings, or none, and what it may cost."""

    model: ModelPort | None = None
    limits: Limits = field(default_factory=Limits)
    prices: Prices = field(default_factory=Prices)
    model_name: Callable[[str], str] = lambda _: ""


NO_MODEL = ModelSettings()


def model_settings(environment: Environment) -> ModelSettings:
    """What the environment says about models; UsageError where it says what cannot be."""
    named = {name: getattr(environment, purpose.setting.lower()) for name, purpose in PURPOSES.items()}
    model = from_environment(
        api_key=environment.openai_api_key,
        base_url=environment.openai_base_url,
        model=environment.expediter_model,
        models={name: model for name, model in named.items() if model},
    )
    prices = read_prices(environment.expediter_model_prices)
    money = (environment.expediter_model_money_per_run, environment.expediter_model_money_per_day)
    if any(amount is not None for amount in money) and not prices.by_name:
        raise UsageError("a money limit for models needs EXPEDITER_MODEL_PRICES: without a price no cost is known")
    run_micros, day_micros = (None if amount is None else int(amount * 1_000_000) for amount in money)
    limits = Limits(
        run_tokens=environment.expediter_model_tokens_per_run,
        day_tokens=environment.expediter_model_tokens_per_day,
        run_micros=run_micros,
        day_micros=day_micros,
    )
    model_name = model.model_for if isinstance(model, OpenAIChat) else NO_MODEL.model_name
    return ModelSettings(model=model, limits=limits, prices=prices, model_name=model_name)


def model_for(app: Application, settings: ModelSettings = NO_MODEL) -> ModelFor:
    """Gives each run its own port over the model, asked in the style `expediter doctor` found; none without a model."""
    model = settings.model
    if model is None:
        return no_model
    if isinstance(model, OpenAIChat):
        with app.open_uow(WORKER_NAME) as uow:
            model = model.honouring(uow.capabilities.of_server(model.transport.server))
    ledger, names = BookedCalls(open_uow=app.open_agent_uow), BookedNames(app.open_uow)

    @lru_cache(maxsize=RUNS_KEPT)
    def opened(run: str) -> ModelPort:
        return Metered(
            inner=model,
            run=RunId(run),
            ledger=ledger,
            budget=Budget(run, ledger=ledger, limits=settings.limits),
            prices=settings.prices,
            model_name=settings.model_name,
            lexicon=names,
        )

    return opened
