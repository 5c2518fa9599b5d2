"""One demo at a time has a database: the next one waits for it, says so, and goes on after it."""

from pathlib import Path

from filelock import FileLock

from ui.cli.demo_stage import alone


def test_a_demo_waits_for_the_one_under_way_and_goes_on_after_it(tmp_path: Path) -> None:
    other, said = FileLock(tmp_path / "demo.lock"), list[str]()

    def told(text: str) -> None:
        said.append(text)
        other.release()

    with other, alone(tmp_path / "demo.lock", tell=told):
        assert said == ["Another demo is under way here; this one begins when it ends. Ctrl-C gives up."]


def test_a_demo_alone_waits_for_nobody_and_leaves_the_place_free(tmp_path: Path) -> None:
    said = list[str]()

    for _ in range(2):
        with alone(tmp_path / "demo.lock", tell=said.append):
            pass

    assert said == []
