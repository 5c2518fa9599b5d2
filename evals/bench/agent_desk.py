"""Our side of the comparison: the desk's own graph, with a model that answers what it is asked and keeps every word."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agents.llm.errors import ModelFailure, ModelInvalidError
from agents.llm.port import Answer, Message, Schema, TextPiece, ToolCall, ToolOffer, Usage
from agents.llm.styles import shape_fields
from agents.llm.wire import hash_of, read_value, sent_message
from agents.worker.models import ModelSettings
from agents.worker.opening import open_worker
from core.bootstrap.application import Application
from core.domain.capabilities import Capabilities
from core.domain.ids import CaseId
from evals.bench.agent_said import Transcript, chosen, words_on
from tools.core_access import ToolCore
from tools.service_core import ServiceCore

_ONE = Usage(calls=1)


@dataclass(slots=True)
class AdvisingModel:
    """Fulfils ModelPort for one purpose, advice; what it is asked is kept as it would go over the wire."""

    core: ToolCore
    asked: list[Transcript] = field(default_factory=list[Transcript])

    def complete(self, messages: Sequence[Message], schema: type[Schema], purpose: str) -> Answer[Schema]:
        """The option the rules advise, in their words."""
        sent = {"messages": [sent_message(message) for message in messages]}
        sent |= shape_fields(schema, purpose, Capabilities())
        option = chosen(self.core, self.asked[-1].case)
        reply = {"option_id": option.id, "evidence_ids": [], "risks": [], "explanation": words_on(option)}
        text = json.dumps({**reply, "question": None}, ensure_ascii=False)
        self.asked[-1].add(sent, text)
        value = read_value(text, schema, _ONE)
        return Answer(value=value, text=text, usage=_ONE, model="advising", prompt_hash=hash_of(sent))

    def choose(
        self, messages: Sequence[Message], tools: Sequence[ToolOffer], purpose: str, *, must_call: bool = False
    ) -> Answer[tuple[ToolCall, ...]]:
        """The desk chooses no tool by model."""
        raise ModelInvalidError(ModelFailure.UNEXPECTED_CALL, f"the desk asked for a tool, for {purpose!r}", usage=_ONE)

    def stream(self, messages: Sequence[Message], purpose: str) -> Iterator[TextPiece | Answer[None]]:
        """The desk streams nothing while it works on a case."""
        raise ModelInvalidError(ModelFailure.UNEXPECTED_CALL, f"the desk asked for words, for {purpose!r}", usage=_ONE)


def propose_by_desk(app: Application, case: CaseId) -> Transcript:
    """Let the desk take the case to its proposal."""
    model = AdvisingModel(ServiceCore(open_uow=app.open_agent_uow, suppliers=app.suppliers))
    model.asked.append(Transcript(case=case))
    with open_worker(app, models=ModelSettings(model=model)) as worker:
        worker.advance(case)
    return model.asked[-1]
