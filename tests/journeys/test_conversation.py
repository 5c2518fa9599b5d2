"""The third journey: the operations desk talks. What is wrong, why, what if, and a proposal that waits for people.

docs/journeys/conversation.md tells the same story with the commands. First without a model, then with one.
"""

from agents.llm.scripted import ScriptedModel
from agents.ops_chat.state import Reply
from agents.worker.chat import Chat, Talk, open_chat
from agents.worker.models import ModelSettings
from core.domain.approval import ApprovalState
from core.domain.ids import ApprovalId
from core.domain.runs import Run
from tests.journeys.test_disruption import ROSA, Sabine, late_motors, sabine

__all__ = ["sabine"]


def test_a_morning_is_talked_through_without_a_model(sabine: Sabine) -> None:
    case = late_motors(sabine.scan()).id
    chat = open_chat(sabine.app, ROSA)
    talk = chat.begin()

    def ask(question: str) -> Reply:
        return chat.ask(talk, question)

    # What is wrong, and why? "The first one" and "it" mean what was shown.
    assert ask("what is wrong today?")["text"].startswith("16 cases are open. The most is at stake in CASE-1")
    assert ask("show me the third one")["arguments"] == {"case": case}
    why = ask("why is SO-1017/3 late?")
    assert why["text"].startswith("SO-1017/3 (2 CP-10 for Pecos Well Services) will be 16 days late: due 2026-12-09")
    assert {"order:SO-1017", "item:CP-10", "supply:WO-5046"} <= set(why["cites"])

    # What if it gets worse? Before, after and the difference; nothing is kept.
    worse = ask("what if PERMIAN is out for two weeks?")
    assert "late order lines would go from 36 to 38" in worse["text"]
    assert worse["text"].count("Nothing was kept.") == 1
    assert [table["title"] for table in worse["tables"]] == ["The book", "Order lines"]

    # What can be done? Suppliers are asked, ways out are worked out, one is put before people.
    ask(f"ask the suppliers for prices for {case}")
    ways = ask(f"plan {case}")
    assert ways["text"].startswith(f"{case} has 3 ways out; by cost and lateness together A is the best: Buy 6 MO-10")
    proposed = ask("propose option A")
    assert proposed["text"].startswith(f"Proposed, approval {proposed['proposal']}; waits for one person")
    assert standing(sabine, proposed["proposal"]) is ApprovalState.PENDING

    # Deciding is for people, and not here; the books were read and nothing more.
    assert ask(f"approve {proposed['proposal']}")["code"] == "not_mine"
    assert ask("send an email to Gulf Castings")["code"] == "not_mine"
    assert standing(sabine, proposed["proposal"]) is ApprovalState.PENDING
    the_conversation_was_kept(chat, talk, turns=18)
    assert {run.outcome for run in runs(sabine, talk)} == {"answered", "not_mine"}
    assert sabine.broken() == []

    a_model_talks_and_the_rules_hold(sabine)


def a_model_talks_and_the_rules_hold(sabine: Sabine) -> None:
    """The same desk with a model, which invents a case and a figure: neither gets through."""
    invented = (("show_case", '{"case": "CASE-99"}'),)
    looks = (("list_cases", '{"limit": 3}'),)
    words = "The most is at stake in CASE-1. It will cost 1,000,000. SE-04 lacks."
    model = ScriptedModel([invented, looks, "READY", words])
    chat = open_chat(sabine.app, ROSA, models=ModelSettings(model=model))
    talk, heard = chat.begin(), list[str]()

    reply = chat.ask(talk, "what should I look at first?", hear=heard.append)

    assert (reply["source"], reply["tool"], reply["arguments"]["limit"]) == ("model", "list_cases", 3)
    assert heard[:2] == ["The most is at stake in CASE-1.", " SE-04 lacks."]
    assert "1,000,000" not in reply["text"]
    assert "I left out a sentence of the model" in reply["text"]
    assert len(reply["tables"][0]["rows"]) == 3
    (run,) = runs(sabine, talk)
    with sabine.app.open_uow(ROSA.name) as uow:
        calls = uow.model_calls.of_run(run.id)
        steps = [span.name for span in uow.spans.of_run(run.id)]
    assert [(call.purpose, call.verb, call.failure) for call in calls] == [
        ("chat", "choose", ""),
        ("chat", "choose", ""),
        ("chat", "choose", ""),
        ("chat", "stream", ""),
    ]
    assert steps.count("execute_tool list_cases") == 1
    assert "execute_tool show_case" not in steps


def standing(sabine: Sabine, approval: str) -> ApprovalState:
    """How an approval stands."""
    with sabine.app.open_uow(ROSA.name) as uow:
        return uow.approvals.get(ApprovalId(approval)).state


def runs(sabine: Sabine, talk: Talk) -> tuple[Run, ...]:
    """The runs of a conversation."""
    with sabine.app.open_uow(ROSA.name) as uow:
        return uow.runs.listed(graph="ops_chat", subject=talk.subject)


def the_conversation_was_kept(chat: Chat, talk: Talk, *, turns: int) -> None:
    """Questions and answers, for the one whose they are."""
    assert talk.id is not None
    again = chat.resume(talk.id)
    assert len(again.earlier) == turns
    assert again.memory == talk.memory
