"""Questions about a case: rules answer from what the core knows, a model may only say it better."""

import json

import pytest

from agents.exception_desk.answer_rules import HELP
from agents.exception_desk.answers import answer
from agents.exception_desk.known import mentioned
from agents.llm.errors import ModelFailure, ModelUnavailableError
from agents.llm.port import Usage
from agents.llm.scripted import Line, ScriptedModel
from core.domain.evidence import CaseEvidence
from core.domain.proposals import AdviceSource
from core.domain.questions import CaseAnswer
from tests.agents.exception_desk.desks import FakeDesk, Run
from tests.tools.fakes import FakeCore
from tests.tools.samples import CASE, STOCK, quote


@pytest.fixture
def core() -> FakeCore:
    """The case with its first option proposed."""
    desk = FakeDesk(core=FakeCore(gathered=CaseEvidence(stock=(STOCK,), quotes=(quote("GULF"),))))
    Run(desk).start()
    return desk.core


def asked(core: FakeCore, question: str, *lines: Line) -> CaseAnswer:
    return answer(core, CASE, question, model=ScriptedModel(lines) if lines else None)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "why not Gulf?",
            "it is 340.00 EUR worse than option A (Move 40 from GHENT), which is proposed.",
        ),
        ("Why not Reno", "or the evidence of CASE-1: it is where the units lack."),
        ("why not Ghent?", "Option A (Move 40 from GHENT) is what is proposed: it costs 120.00 EUR"),
        ("why not option C?", "Option C (Wait) costs 0.00 EUR and leaves 1,250.50 EUR at risk"),
        ("why not Z?", "There is no option Z; there are A, B, C."),
        ("why not expedite?", "PO-7/1 is not possible: the earliest day is later than the due date."),
        ("what does it cost if we wait?", "Wait: 1,250.50 EUR stay at risk (with option A 0.00 EUR)."),
        ("What does it cost?", "Option A (Move 40 from GHENT) costs 120.00 EUR beyond the usual: freight 120.00 EUR."),
        ("who is hurt by it?", "Option A helps 1 and hurts 0 order lines; customers it concerns: HARBOR."),
        ("by when must we decide?", "The options can be chosen until: A by 2026-03-06"),
        ("can we undo it", "To undo option A: cancel what was ordered."),
        ("what evidence is there?", "40 units at GHENT are free."),
        ("why this one?", "Option A (Move 40 from GHENT) is what is proposed"),
    ],
)
def test_the_rules_answer_from_the_options_and_the_evidence(core: FakeCore, question: str, said: str) -> None:
    found = asked(core, question)

    assert said in found.text
    assert (found.source, found.read) == (AdviceSource.RULES, True)


GULF = "it is 340.00 EUR worse than option A (Move 40 from GHENT), which is proposed."
WAIT = "Wait: 1,250.50 EUR stay at risk (with option A 0.00 EUR)."
COSTS = "Option A (Move 40 from GHENT) costs 120.00 EUR beyond the usual: freight 120.00 EUR."
HURTS = "Option A helps 1 and hurts 0 order lines; customers it concerns: HARBOR."
UNTIL = "The options can be chosen until: A by 2026-03-06"
UNDOES = "To undo option A: cancel what was ordered."
RESTS = "40 units at GHENT are free."
BEST = "Option A (Move 40 from GHENT) is what is proposed"
RENO = "or the evidence of CASE-1: it is where the units lack."
OPTION_C = "Option C (Wait) costs 0.00 EUR and leaves 1,250.50 EUR at risk"
EXPEDITES = "PO-7/1 is not possible: the earliest day is later than the due date."


@pytest.mark.parametrize(
    ("said", "questions"),
    [
        (GULF, ("Warum nicht Gulf?", "¿Por qué no Gulf?", "Pourquoi pas Gulf ?", "Waarom niet Gulf?")),
        (
            RENO,
            ("warum nicht Reno?", "Warum nehmen wir es nicht aus Reno?", "¿y por qué no Reno?", "pourquoi pas Reno"),
        ),
        (RENO, ("Wie wäre es mit Reno?", "Was ist mit Reno?", "¿Qué pasa con Reno?", "Hoe zit het met Reno?")),
        (OPTION_C, ("warum nicht Option C?", "Warum nicht C?", "¿por qué no la opción C?", "waarom niet optie C?")),
        (EXPEDITES, ("Warum nicht beschleunigen?", "pourquoi ne pas accélérer ?", "waarom niet versnellen?")),
        (WAIT, ("Was kostet es, wenn wir warten?", "¿y si esperamos?", "et si on attend... attendre coûte combien ?")),
        (WAIT, ("was, wenn wir nichts tun?", "wat als we wachten?", "si no hacemos nada?")),
        (COSTS, ("Was kostet das?", "Wie viel?", "¿Cuánto cuesta?", "Combien ça coûte ?", "Wat kost het?")),
        (HURTS, ("Wen trifft es?", "Welche Kunden sind betroffen?", "¿A quién afecta?", "Wie wordt geraakt?")),
        (UNTIL, ("Bis wann müssen wir entscheiden?", "¿hasta cuándo?", "d'ici quand ?", "tot wanneer kan het?")),
        (UNTIL, ("Wie lange haben wir Zeit?", "combien de temps avons-nous ?", "hoe lang hebben we?")),
        (UNDOES, ("Kann man das rückgängig machen?", "¿se puede deshacer?", "peut-on annuler ?", "ongedaan maken?")),
        (RESTS, ("Worauf beruht das?", "¿en qué se basa?", "sur quoi cela repose-t-il ?", "waarop is dat gebaseerd?")),
        (BEST, ("Warum diese?", "Warum ist das die beste?", "¿por qué esta?", "pourquoi celle-ci ?", "waarom deze?")),
    ],
)
def test_questions_are_read_in_five_languages(core: FakeCore, said: str, questions: tuple[str, ...]) -> None:
    for question in questions:
        found = asked(core, question)

        assert said in found.text, question
        assert (found.source, found.read) == (AdviceSource.RULES, True)


@pytest.mark.parametrize("question", ["Sing mir ein Lied", "cántame algo", "chante-moi une chanson", "zing een lied"])
def test_what_is_no_question_about_a_case_is_not_read_in_any_language(core: FakeCore, question: str) -> None:
    assert (asked(core, question).text, asked(core, question).read) == (HELP, False)


def test_what_cannot_be_read_is_said_with_what_can(core: FakeCore) -> None:
    found = asked(core, "sing me a song")

    assert (found.text, found.read) == (HELP, False)


def test_asking_changes_nothing_and_cites_what_it_speaks_of(core: FakeCore) -> None:
    before, calls = dict(core.approved), len(core.calls)

    found = asked(core, "why not Gulf?")

    assert (core.approved, len(core.calls)) == (before, calls)
    assert found.cites == ("quote:Q-GULF", "quote:X-1")


def test_without_options_it_says_how_they_are_worked_out() -> None:
    assert "`expediter resolve CASE-1` does that" in answer(FakeCore(), CASE, "why not Reno?").text


def reply(text: str, *, can: bool = True) -> str:
    return json.dumps({"text": text, "can_answer": can})


def test_a_model_may_say_it_better(core: FakeCore) -> None:
    found = asked(core, "why not Gulf?", reply("Gulf would be 340 EUR worse than option A."))

    assert (found.source, found.text) == (AdviceSource.MODEL, "Gulf would be 340 EUR worse than option A.")
    assert found.cites == ("quote:Q-GULF", "quote:X-1")


@pytest.mark.parametrize(
    "line",
    [
        reply("Gulf would be 341 EUR worse."),
        reply("See http://gulf.example"),
        reply("It is not in the facts.", can=False),
        "no JSON",
        ModelUnavailableError(ModelFailure.TIMEOUT, "slow", usage=Usage()),
    ],
    ids=str,
)
def test_else_the_rules_speak(core: FakeCore, line: Line) -> None:
    found = asked(core, "why not Gulf?", line)

    assert found.source is AdviceSource.RULES
    assert found.text.startswith("Option B (Buy 40 from GULF)")


def test_places_and_suppliers_are_known_by_code_and_by_name() -> None:
    names = {"RNO-1": "Reno, stores", "GULF": "Gulf Castings", "DEL": "Delta Supply Inc"}

    assert mentioned("why not RNO-1 or castings?", names) == ("GULF", "RNO-1")
    assert mentioned("why not reno", names) == ("RNO-1",)
    assert mentioned("which supply is in the stores?", names) == ()
