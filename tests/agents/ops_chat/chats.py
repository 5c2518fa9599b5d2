"""A chat on a core in memory: one case, a few names, and a model that says what the test has it say."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agents.llm.scripted import Line, ScriptedModel
from agents.ops_chat.graph import build_graph
from agents.ops_chat.services import ChatServices
from agents.ops_chat.state import Reply
from core.domain.overviews import KnownNames, Named
from tests.tools.fakes import FakeCore
from tools.registry import toolset

TODAY = date(2026, 3, 2)
KNOWN = KnownNames(
    as_of=TODAY,
    customers=(Named(code="HARBOR", name="Harbor Supply"),),
    suppliers=(Named(code="GULF", name="Gulf Castings"), Named(code="NORTH", name="Northern Steel")),
    items=(Named(code="FG-100", name="Gate valve"),),
    locations=(Named(code="GHENT", name="Ghent, stores"), Named(code="RENO", name="Reno, stores")),
    sites=(Named(code="RENO", name="Reno plant"),),
    centers=(),
)


def core() -> FakeCore:
    """The core of these tests, planned once."""
    made = FakeCore(found={"known_names": KNOWN})
    made.plan_options(next(iter(made.kept)))
    made.calls.clear()
    return made


@dataclass(slots=True, kw_only=True)
class FakeChat:
    """Asks the graph one question after another; each begins with nothing said before unless told."""

    core: FakeCore = field(default_factory=core)
    lines: tuple[Line, ...] | None = None
    barred: str = ""
    shown: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    model: ScriptedModel | None = None

    def services(self) -> ChatServices:
        """What the graph is given."""
        self.model = None if self.lines is None else ScriptedModel(self.lines)
        return ChatServices(
            tools=toolset(self.core), known=self.core.known_names, model_for=lambda run: self.model, barred=self.barred
        )

    def ask(self, question: str, *, plan: bool = False, **before: Any) -> Reply:
        """The answer; `shown` has the words as they came."""
        given: Any = {"run": "RUN-1", "question": question, "plan": plan, **before}
        self.shown.clear()
        for part in build_graph(self.services()).stream(given, stream_mode=["custom", "values"], version="v2"):
            told: Any = part["data"]
            if part["type"] == "custom":
                self.shown.append(told["words"])
            else:
                self.values = dict(told)
        return self.values["reply"]

    @property
    def codes(self) -> list[str]:
        """The code of each call, empty for those that were made."""
        return [step["code"] for one in self.values["rounds"] for step in one["steps"]]
