"""Backups at a terminal: written and proven, tried, refused; what they say is plain."""

from pathlib import Path

from tests.database import server_home
from tests.ui.cli.offices import Office
from tests.ui.cli.terminal import Ran, expediter


def test_a_backup_is_written_proven_tried_and_not_laid_over_books(here: Office, tmp_path: Path) -> None:
    environment = here.environment | {"EXPEDITER_HOME": str(server_home())}

    def office(*words: object) -> Ran:
        return expediter(*words, environment=environment)

    file = tmp_path / "night.backup"

    written = office("backup", file)
    again = office("backup", file)
    tried = office("restore", file, "--check", "--json")
    over = office("restore", file, "--yes")

    assert (written.code, again.code, tried.code, over.code) == (0, 2, 0, 2), written.err
    assert "every invariant holds" in written.text
    assert again.errors == ["conflict"]
    assert (tried.json()["proven"], tried.json()["company"]) == (True, "Sabine Valve")
    assert over.errors == ["conflict"]
