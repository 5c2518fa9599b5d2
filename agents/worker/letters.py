"""The run of a letter: taken up under its lock, as far as it gets without a person, and gone on with afterwards."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command

from agents.llm.port import ModelFor, no_model
from agents.order_intake.desk import take_in
from agents.order_intake.graph import build_graph
from agents.order_intake.letters import read_letter
from agents.order_intake.state import GRAPH_VERSION
from agents.worker.checkpoints import open_saver
from agents.worker.halting import halt_check, stops_when_halted
from agents.worker.intake import graph_services, intake_services
from agents.worker.models import NO_MODEL, ModelSettings, model_for
from agents.worker.replies import reply_reader
from core.bootstrap.application import Application
from core.db.locks import advisory_lock
from core.domain.inquiry_replies import Reply
from core.domain.intake.drafts import OPEN_STATES, DraftId, DraftOrder
from core.domain.intake.letters import Letter
from core.services.intake.taking import INTAKE_NAME, content_hash

GRAPH = "order_intake"
MOST_STEPS = 20
THREAD = "letter:"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDesk:
    """Letters on the graph: one thread of the checkpointer a letter, named by its content. What is lost there is found
    again in the books: the same letter is one draft, however often its run begins."""

    app: Application
    graph: CompiledStateGraph[Any]
    saver: BaseCheckpointSaver[str]

    def receive(self, letter: Letter) -> DraftOrder:
        """Keep a letter and take it as far as it gets without a person."""
        halt_check(self.app.open_uow)()
        content = content_hash(letter)
        with self.app.open_agent_uow(INTAKE_NAME) as uow:
            uow.drafts.keep_letter(content, letter)
        return self.advance(content)

    def advance(self, content: str) -> DraftOrder:
        """Go on with the run of a letter: begun, gone on with where it stood, or woken when its draft has changed."""
        config: Any = {
            "configurable": {"thread_id": f"{THREAD}{content}", "__pregel_strict_resume": True},
            "recursion_limit": MOST_STEPS,
        }
        with advisory_lock(self.app.urls.app, f"{THREAD}{content}") as ours:
            if ours:
                self._drive(content, config)
        with self.app.open_agent_uow(INTAKE_NAME) as uow:
            found = uow.drafts.of_letter(content)
            assert found is not None, "a letter that was read has a draft"
            return uow.drafts.get(found)

    def tend(self) -> None:
        """Go on with every run that is kept: those whose draft somebody settled end."""
        firsts = self.saver.list(None, filter={"source": "input"})
        threads = {saved.config.get("configurable", {})["thread_id"] for saved in firsts}
        for thread in sorted(threads):
            if thread.startswith(THREAD):
                self.advance(thread.removeprefix(THREAD))

    def _drive(self, content: str, config: Any) -> None:
        stands = self.graph.get_state(config)
        if stands.created_at is None or stands.values.get("graph_version") != GRAPH_VERSION:
            self.saver.delete_thread(config["configurable"]["thread_id"])
            with self.app.open_agent_uow(INTAKE_NAME) as uow:
                known = uow.drafts.of_letter(content)
                if known is not None and uow.drafts.get(known).state not in OPEN_STATES:
                    return
                run = uow.runs.begin(graph=GRAPH, subject=content[:40])
            self._invoke({"graph_version": GRAPH_VERSION, "letter": content, "run": run}, config)
        elif stands.interrupts:
            (waiting,) = stands.interrupts
            if self._changed(stands.values):
                self._invoke(Command(resume={waiting.id: waiting.value}), config)
        elif stands.next or stands.tasks:
            self._invoke(None, config)
        after = self.graph.get_state(config)
        if not (after.interrupts or after.next or after.tasks):
            with self.app.open_agent_uow(INTAKE_NAME) as uow:
                uow.runs.end(after.values["run"], outcome=after.values.get("outcome", "no order"))
            self.saver.delete_thread(config["configurable"]["thread_id"])

    def _changed(self, values: dict[str, Any]) -> bool:
        """Whether somebody did something with the draft since the run began to wait."""
        with self.app.open_agent_uow(INTAKE_NAME) as uow:
            return uow.drafts.get(DraftId(values["draft_id"])).version != values["draft_version"]

    def _invoke(self, given: dict[str, Any] | Command[Any] | None, config: Any) -> None:
        config = stops_when_halted(config, self.app.open_uow)
        self.graph.invoke(given, config, version="v2", durability="sync")


@contextmanager
def open_letter_desk(app: Application, *, ports: ModelFor = no_model) -> Generator[LetterDesk]:
    """A desk for letters for as long as the block lasts; without a model, rules read them."""
    with open_saver(app.urls) as saver:
        yield LetterDesk(app=app, graph=build_graph(graph_services(app), ports, saver), saver=saver)


def letter_reader(app: Application, *, models: ModelSettings = NO_MODEL) -> Callable[[Letter], DraftOrder]:
    """What takes a letter in: rules alone without a model; with one the run of the letter, and before it every run
    that waits for something that has happened."""

    def taken(letter: Letter) -> DraftOrder:
        if models.model is None:
            return take_in(intake_services(app), letter)
        with open_letter_desk(app, ports=model_for(app, models)) as desk:
            desk.tend()
            return desk.receive(letter)

    return taken


def mail_reader(app: Application, *, models: ModelSettings = NO_MODEL) -> Callable[[bytes, str], DraftOrder | Reply]:
    """The same for a mail as it came, which is known by its hash; one that answers a letter of ours to a supplier is no
    order, but a reply."""
    orders, replies = letter_reader(app, models=models), reply_reader(app, models=models)

    def taken(raw: bytes, content_hash: str) -> DraftOrder | Reply:
        letter = read_letter(raw, "mail.eml")
        return replies(letter, content_hash) or orders(letter)

    return taken


def letter_tender(app: Application, *, models: ModelSettings = NO_MODEL) -> Callable[[], None]:
    """What goes on with every run of a letter that waits for something that has happened; without a model there are
    none."""

    def tended() -> None:
        if models.model is not None:
            with open_letter_desk(app, ports=model_for(app, models)) as desk:
                desk.tend()

    return tended
