"""The answer to a question: words by rules or by a model, and beside them what the tools gave, as data."""

from collections.abc import Callable, Sequence

from agents.llm.port import ModelPort
from agents.ops_chat.asking import closing, facts_of, messages
from agents.ops_chat.calling import output_of, proposal_of
from agents.ops_chat.preferring import Preferred
from agents.ops_chat.services import ChatServices
from agents.ops_chat.speaking import speak
from agents.ops_chat.state import ChatState, Reply, Step
from agents.ops_chat.telling import tell
from agents.ops_chat.told import Told
from agents.ops_chat.understood import Unread

MODEL, RULES = "model", "rules"
NOTHING_FOUND = Told(
    sentences=("I have found no answer to that. Say it in other words, or ask for “help”.",), code="no_answer"
)


def unread_reply(found: Unread) -> Reply:
    """That the question was not read, and what could be."""
    return _reply(Told(sentences=(found.help,), code=found.kind), RULES)


def preference_reply(wanted: Preferred) -> Reply:
    """That something will be remembered."""
    reply = _reply(Told(sentences=(wanted.told,)), RULES)
    return {**reply, "preference": {"name": wanted.name, "value": wanted.value}}


def answered_by_rules(state: ChatState, services: ChatServices, show: Callable[[str], None]) -> Reply:
    """The answer in the words of the templates."""
    steps = _steps(state)
    found = _told(services, steps)
    text = " ".join(part for part in (found.text, state.get("note", "")) if part)
    show(text)
    return _reply(found, RULES, text=text, step=_main(steps), proposal=_proposal(services, steps))


def answered_by_model(state: ChatState, services: ChatServices, model: ModelPort, show: Callable[[str], None]) -> Reply:
    """The answer in the model's words. Where one of its sentences could not be shown, or it failed, the rules' words
    stand in its place, and it is said so."""
    steps, today = _steps(state), services.known().as_of.isoformat()
    found = _told(services, steps)
    facts = "\n".join((*facts_of(steps, state["question"], today), *_rule_texts(services, steps)))
    asked = [*messages(state, services, today=today), closing(state)]
    spoken = speak(model, asked, facts, show)
    rest = _rest(found, spoken.text, left_out=spoken.left_out, failure=spoken.failure, asked=bool(steps))
    proposal = _proposal(services, steps)
    if proposal and not rest and proposal not in spoken.text:
        rest = found.text  # what now waits is always named
    note = state.get("note", "")
    tail = " ".join(part for part in (rest, note) if part)
    if tail:
        show(f"\n{tail}" if spoken.text else tail)
    text = "\n".join(part for part in (spoken.text, tail) if part)
    source = MODEL if spoken.text else RULES
    return _reply(found if steps else Told(sentences=(text,)), source, text=text, step=_main(steps), proposal=proposal)


def _rest(found: Told, spoken: str, *, left_out: int, failure: str, asked: bool) -> str:
    """What the rules add to a model's words."""
    answer = found.text if asked or not spoken else ""
    if failure:
        return f"The model did not finish ({failure}). By rules: {answer}" if answer else ""
    if left_out:
        many = "a sentence" if left_out == 1 else f"{left_out} sentences"
        why = f"I left out {many} of the model: a number or code in it was in none of the results."
        return f"{why} By rules: {answer}" if answer else why
    return answer if not spoken else ""


def _rule_texts(services: ChatServices, steps: Sequence[Step]) -> list[str]:
    return [tell(output_of(services, step), dict(step["call"]["arguments"])).text for step in steps]


def _steps(state: ChatState) -> list[Step]:
    return [step for one in state.get("rounds", []) for step in one["steps"]]


def _main(steps: Sequence[Step]) -> Step | None:
    """The call the answer rests on: the last that gave something, else the last refusal."""
    good = [step for step in steps if not step["code"]]
    return (good or list(steps) or [None])[-1]


def _told(services: ChatServices, steps: Sequence[Step]) -> Told:
    """What all calls gave together; the sentences are those of the main one."""
    main = _main(steps)
    if main is None:
        return NOTHING_FOUND
    good = [step for step in steps if not step["code"]] or [main]
    each = [tell(output_of(services, step), dict(step["call"]["arguments"])) for step in good]
    last = each[good.index(main)]
    return Told(
        sentences=last.sentences,
        tables=tuple(table for one in each for table in one.tables),
        charts=tuple(chart for one in each for chart in one.charts),
        cites=tuple(dict.fromkeys(cite for one in each for cite in one.cites)),
        listed=last.listed,
        code=last.code,
    )


def _proposal(services: ChatServices, steps: Sequence[Step]) -> str:
    return next((found for step in steps if (found := proposal_of(services, step))), "")


def _reply(found: Told, source: str, *, text: str | None = None, step: Step | None = None, proposal: str = "") -> Reply:
    arguments = dict(step["call"]["arguments"]) if step else {}
    return Reply(
        text=found.text if text is None else text,
        source=source,
        tool=step["call"]["tool"] if step else "",
        arguments=arguments,
        cites=list(found.cites),
        tables=[table.data for table in found.tables],
        charts=[chart.model_dump(mode="json") for chart in found.charts],
        proposal=proposal,
        code=found.code,
        listed=list(found.listed),
        named=_named(arguments),
        preference={},
    )


def _named(arguments: dict[str, object]) -> list[str]:
    """What the call was about, so that "it" means that in the next question."""
    order, line = arguments.get("order") or arguments.get("purchase_order"), arguments.get("line")
    names = [f"{order}/{line}"] if order and line else []
    return names + [value for value in arguments.values() if isinstance(value, str) and len(value) <= 60]
