"""Questions are asked of the grammar in their conversation, and what it makes of them is counted."""

from datetime import date

from core.demo.company import demo_company
from evals.chat.asking import answers, names_of
from evals.chat.command import chat_figures
from evals.chat.grading import Verdict, graded
from evals.chat.questions import Call, Question, Questions


def _asked(text: str, *expect: Call, before: tuple[str, ...] = ()) -> Question:
    return Question(text=text, language="en", expect=expect, before=before)


def test_questions_are_asked_one_by_one_and_their_verdicts_counted() -> None:
    company, case = demo_company(), Call(tool="show_case", arguments={"case": "CASE-7"})
    asked = (
        _asked("show CASE-7", case),
        _asked("why?", case, before=("show CASE-7",)),
        _asked("why?", case),
        _asked("show CASE-8", case),
        _asked("colourless green ideas sleep furiously"),
    )
    names = names_of(company)
    found = [
        (one, call, graded(one, call, names=names))
        for one, call in answers(Questions(as_of=date(2026, 11, 2), questions=asked), company)
    ]
    figures = {one.name: float(one.value) for one in chat_figures(found)}

    assert [verdict for _, _, verdict in found][3:] == [Verdict.WRONG, Verdict.RIGHT]
    assert found[0][2] is Verdict.RIGHT
    assert figures["questions"] == 5
    assert figures["wrong_writes"] == 0
    assert figures["right_share"] == figures["right_share_en"]


def test_names_sites_and_countries_count_as_their_codes() -> None:
    names = names_of(demo_company())

    assert names.codes["gulf castings"] == "GULF"
    assert names.codes["reno plant"] == names.codes["rno-ship"] == "RNO-SHIP"
    assert names.codes["china"] == "CN"
    assert names.defaults["list_cases"] == {
        "limit": 20, "closed_too": False, "customer": None, "item": None, "type": None,
    }  # fmt: skip
