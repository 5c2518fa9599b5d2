"""`expediter trace` lists runs and tells the steps of one, with what it cost and what left."""

from core.domain.runs import ModelCall, Span
from tests.ui.cli.offices import Office


def test_runs_are_listed_and_one_is_told_step_by_step(here: Office) -> None:
    nothing = here.run("trace")
    with here.desk() as desk, desk.open() as uow:
        run = uow.runs.begin(graph="exception_desk", subject="CASE-1")
        tokens = {"gen_ai.usage.input_tokens": 100, "gen_ai.usage.output_tokens": 20, "expediter.micros": 140}
        now = uow.now
        uow.spans.add_all(
            [
                Span(run=run, number=1, name="advise", started_at=now, ended_at=now),
                Span(run=run, number=2, parent=1, name="chat small", attributes=tokens, started_at=now, ended_at=now),
            ]
        )
        uow.model_calls.add(
            ModelCall(
                run=run, purpose="advise", verb="complete", model="small", prompt_hash="h", fields=("facts.case.id",)
            )
        )

    listed, told, as_json = here.run("trace"), here.run("trace", run), here.run("trace", run, "--json")
    unknown = here.run("trace", "RUN-99")

    assert nothing.text.strip() == "No agent has run yet."
    assert "CASE-1" in listed.out
    assert [line.rstrip() for line in told.out.splitlines()] == [
        "exception_desk over CASE-1  120 tokens  0.00014  under way",
        "  advise  0 ms  ok",
        "    chat small  0 ms  120 tokens  0.00014  ok",
        "1 model call; what left: facts.case.id",
    ]
    assert [span["name"] for span in as_json.json()["spans"]] == ["advise", "chat small"]
    assert as_json.json()["calls"][0]["fields"] == ["facts.case.id"]
    assert (unknown.code, unknown.err) == (2, "error [not_found] there is no run 'RUN-99'\n")
