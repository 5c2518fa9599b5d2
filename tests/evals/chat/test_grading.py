"""A chat's calls are graded by what they mean, and a change that was not asked for is told apart."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.domain.errors import InvalidValueError
from evals.chat.grading import Names, Verdict, graded, is_write
from evals.chat.questions import FILE, Call, Question, read_questions
from tools.registry import TOOLS

NAMES = Names(
    codes={"gulf castings": "GULF", "gulf": "GULF", "reno plant": "RNO-SHIP", "rno-ship": "RNO-SHIP"},
    defaults={"list_cases": {"limit": 20, "closed_too": False}},
)


def _question(*expect: Call) -> Question:
    return Question(text="?", language="en", expect=expect)


def _call(tool: str, **arguments: object) -> Call:
    return Call(tool=tool, arguments=arguments)


OUTAGE = _call("simulate_scenario", outages=[{"supplier": "GULF", "days": 14}])
MOVE = _call("propose_transfer", order="SO-1", line=2, from_location="RNO-SHIP", quantity=8)


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (OUTAGE, _call("simulate_scenario", outages=({"supplier": "Gulf Castings", "days": Decimal(14)},), options=())),
        (OUTAGE, _call("simulate_scenario", outages=[{"supplier": "gulf", "days": "14", "line": None}])),
        (MOVE, _call("propose_transfer", order="SO-1", line=2, from_location="Reno plant", quantity=8)),
        (_call("list_cases"), _call("list_cases", limit=20, closed_too=False)),
        (_call("show_item", until="2026-11-30"), _call("show_item", until=date(2026, 11, 30))),
        (
            _call("propose_option", case="CASE-2", option="B"),
            _call("propose_option", case="CASE-2", option="CASE-2-3B"),
        ),
        (_call("draft_order", text="two GV-02"), _call("draft_order", text="Please draft:  two  GV-02, thanks")),
        (_call("quote", suppliers=["A", "B"]), _call("quote", suppliers=("B", "A"))),
    ],
)
def test_calls_that_mean_the_same_are_right(expected: Call, said: Call) -> None:
    assert graded(_question(expected), said, names=NAMES) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("expected", "said", "verdict"),
    [
        (OUTAGE, _call("simulate_scenario", outages=[{"supplier": "GULF", "days": 15}]), Verdict.WRONG),
        (_call("list_cases"), _call("list_cases", limit=5), Verdict.WRONG),
        (_call("list_cases"), _call("list_orders"), Verdict.WRONG),
        (_call("list_cases", closed_too=True), _call("list_cases"), Verdict.WRONG),
        (_call("show_case", case="CASE-1"), MOVE, Verdict.WRONG_WRITE),
        (_call("show_option", option="CASE-1-1A"), _call("show_option", option="CASE-2-1A"), Verdict.WRONG),
        (
            MOVE,
            _call("propose_transfer", order="SO-1", line=2, from_location="RNO-SHIP", quantity=80),
            Verdict.WRONG_WRITE,
        ),
        (_call("draft_order", text="two GV-02"), _call("draft_order", text="ten GV-02"), Verdict.WRONG_WRITE),
        (_call("draft_order", text="two GV-02"), None, Verdict.UNREAD),
    ],
)
def test_other_calls_are_not(expected: Call, said: Call | None, verdict: Verdict) -> None:
    assert graded(_question(expected), said, names=NAMES) is verdict


def test_where_nothing_may_be_called_silence_is_right_and_a_change_is_the_worst() -> None:
    assert graded(_question(), None, names=NAMES) is Verdict.RIGHT
    assert graded(_question(), _call("list_cases"), names=NAMES) is Verdict.WRONG
    assert graded(_question(), MOVE, names=NAMES) is Verdict.WRONG_WRITE


def test_any_of_several_right_calls_will_do() -> None:
    both = _question(_call("list_options", case="CASE-1"), _call("plan_options", case="CASE-1"))

    assert graded(both, _call("plan_options", case="CASE-1"), names=NAMES) is Verdict.RIGHT


def test_there_are_sixty_questions_of_every_kind() -> None:
    questions = read_questions().questions
    kinds = [one.expect[0].tool if one.expect else "" for one in questions]

    assert len({one.text for one in questions}) == 60
    assert kinds.count("") == 4
    assert kinds.count("simulate_scenario") == 8
    assert sum(kind.startswith(("propose_", "draft_")) for kind in kinds) == 8
    assert {one.language for one in questions} == {"en", "de", "es", "fr", "nl"}


@pytest.mark.parametrize("change", [{"more": 1}, {"expect": {}}, {"expect": [{"tool": "list_cases"}]}])
def test_a_question_of_another_shape_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    said = json.loads(FILE.read_text(encoding="utf-8"))
    file = tmp_path / "questions.json"
    file.write_text(json.dumps({**said, "questions": [said["questions"][0] | change]}))
    with pytest.raises(InvalidValueError):
        read_questions(file)


def test_every_look_up_expected_fits_the_tool_it_names() -> None:
    tools = {tool.name: tool for tool in TOOLS}
    for question in read_questions().questions:
        for call in question.expect:
            if not is_write(call.tool) and call.tool != "simulate_scenario":
                assert tools[call.tool].takes.model_validate(dict(call.arguments)), question.text
