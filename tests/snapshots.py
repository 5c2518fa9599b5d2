"""Texts that others rely on, kept in tests/snapshots: a test compares, `make snapshots` rewrites."""

from collections.abc import Callable
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("snapshots")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-snapshots", action="store_true", help="write tests/snapshots anew, run nothing else")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("rewrite_snapshots"):
        items[:] = [item for item in items if "snapshot" in getattr(item, "fixturenames", ())]


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Call it with a file name and the text as it is now."""

    def compare(name: str, text: str) -> None:
        kept = FOLDER / name
        if request.config.getoption("rewrite_snapshots"):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(text, encoding="utf-8")
        assert kept.exists(), f"tests/snapshots/{name} is missing; `make snapshots` writes it"
        assert text == kept.read_text(encoding="utf-8"), f"{name} changed; `make snapshots` shows the difference"

    return compare


@pytest.fixture
def document_part(request: pytest.FixtureRequest, snapshot: object) -> Callable[[Path, str, str, str], None]:
    """Call it with a document, the marks between which a part of it is written, and that part as it is now."""

    def compare(document: Path, begin: str, end: str, text: str) -> None:
        before, _, rest = document.read_text(encoding="utf-8").partition(begin)
        kept, _, after = rest.partition(end)
        assert after, f"{document.name} lacks the marks {begin!r} and {end!r}"
        if request.config.getoption("rewrite_snapshots"):
            document.write_text(f"{before}{begin}\n{text}{end}{after}", encoding="utf-8")
            return
        assert kept == f"\n{text}", f"{document.name} is not what the code says; `make snapshots` rewrites it"

    return compare
