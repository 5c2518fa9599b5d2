"""What the inner layers never do: read a clock, count in floats; and what no file holds."""

import ast
import re
from pathlib import Path

from tests.architecture.tree import at, files, parsed, python_files

INNER = ("core/domain", "core/planning", "core/ports", "core/services")
CLOCKS = {"now", "utcnow", "today", "monotonic", "perf_counter", "time_ns", "uuid1", "uuid4"}
TIMED = re.compile(r"\btime\.(?:perf_counter|process_time|monotonic|time)(?:_ns)?\(\)|\bdefault_timer\(")
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E)\b")
TEXT = {".py", ".sql", ".md", ".toml", ".txt", ".yaml", ".yml", ".sh", ""}


def reads_clock(node: ast.AST) -> bool:
    """`datetime.now()`, `date.today()`, `time.time()`, `uuid4()` and their kin, called by attribute or by bare name."""
    if not isinstance(node, ast.Call):
        return False
    match node.func:
        case ast.Attribute(value=owner, attr=name):
            whose = ast.unparse(owner).rpartition(".")[2]
            return whose in {"datetime", "date", "dt", "time", "uuid"} and (name in CLOCKS or name == "time")
        case ast.Name(id=name):
            return name in CLOCKS - {"now", "today"}
        case _:
            return False


def _found(paths: list[Path], wanted: object) -> list[str]:
    assert callable(wanted)
    return [at(path, getattr(node, "lineno", 0)) for path in paths for node in ast.walk(parsed(path)) if wanted(node)]


def test_inner_layers_take_their_times_as_arguments() -> None:
    assert _found(python_files(*INNER), reads_clock) == []


def test_a_clock_read_would_be_seen() -> None:
    source = "a = datetime.now(UTC)\nb = dt.date.today()\nc = time.time()\nd = uuid4()\ne = clock.now()\nf = now(x)"

    seen = [node.lineno for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and reads_clock(node)]

    assert seen == [1, 2, 3, 4]


def test_the_domain_knows_no_float() -> None:
    def is_float(node: ast.AST) -> bool:
        return (isinstance(node, ast.Name) and node.id == "float") or (
            isinstance(node, ast.Constant) and isinstance(node.value, float)
        )

    assert _found(python_files("core/domain"), is_float) == []


def test_annotations_are_read_at_run_time() -> None:
    def postpones(node: ast.AST) -> bool:
        return isinstance(node, ast.ImportFrom) and node.module == "__future__"

    assert _found(python_files(), postpones) == []


def test_nothing_is_left_for_later() -> None:
    unfinished = [
        at(path, number)
        for path in files()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]

    assert unfinished == []


def test_no_test_measures_how_long_something_takes() -> None:
    """What a machine that has other work does slowly it does right."""
    found = [
        at(path, number)
        for path in python_files("tests")
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if TIMED.search(line)
    ]

    assert found == []
    assert TIMED.search("began = " + "time." + "perf_counter()") is not None
