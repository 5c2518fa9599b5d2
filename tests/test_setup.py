"""Setting up never empties what belongs to another folder."""

import shutil
import subprocess
from pathlib import Path

SETUP = Path(__file__).parents[1] / ".ci" / "setup"


def test_a_linked_virtual_environment_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "here" / ".ci").mkdir(parents=True)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "pyvenv.cfg").write_text("theirs", encoding="utf-8")
    (tmp_path / "here" / ".venv").symlink_to(tmp_path / "theirs")
    copied = shutil.copy(SETUP, tmp_path / "here" / ".ci" / "setup")

    ran = subprocess.run(["sh", copied, "test"], capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"setup: .venv is a link to {tmp_path / 'theirs'}, which belongs to another folder and is not emptied;"
        " rm .venv, and try again.\n"
    )
    assert [file.name for file in (tmp_path / "theirs").iterdir()] == ["pyvenv.cfg"]
