"""Settings come from the environment, once, and everything of ours is kept in one folder."""

import os
import re
import stat
import tempfile
from pathlib import Path

import pytest

from core.config import Environment, read_config

OURS = ("EXPEDITER_", "DATABASE_URL", "OPENAI_")


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with nothing of ours in it."""
    for name in os.environ:
        if name.startswith(OURS):
            monkeypatch.delenv(name)
    return monkeypatch


def test_the_home_is_where_the_variable_says_and_for_its_owner_only(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("EXPEDITER_HOME", str(tmp_path / "new" / "home"))

    config = read_config()

    assert config.home == tmp_path / "new" / "home"
    assert stat.S_IMODE(config.home.stat().st_mode) == 0o700
    assert read_config() == config


def test_a_home_given_relative_or_with_a_tilde_becomes_absolute(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.chdir(tmp_path)
    environment.setenv("HOME", str(tmp_path / "me"))

    environment.setenv("EXPEDITER_HOME", "here")
    assert read_config().home == tmp_path / "here"
    environment.setenv("EXPEDITER_HOME", "~/there")
    assert read_config().home == tmp_path / "me" / "there"


def test_without_the_variable_the_home_is_the_platforms_data_folder(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.setenv("XDG_DATA_HOME", str(tmp_path))
    environment.setenv("HOME", str(tmp_path))

    home = read_config().home

    assert home.name == "expediter"
    assert tmp_path in home.parents


def test_without_a_data_folder_the_home_is_in_the_temporary_one(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    environment.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    environment.setenv("HOME", str(tmp_path / "file"))
    environment.setattr(tempfile, "tempdir", str(tmp_path))

    home = read_config().home

    assert home == tmp_path / f"expediter-{os.getuid()}"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_temporary_home_that_others_could_enter_is_closed(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    environment.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    environment.setenv("HOME", str(tmp_path / "file"))
    environment.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"expediter-{os.getuid()}").mkdir(mode=0o777)

    assert stat.S_IMODE(read_config().home.stat().st_mode) == 0o700


def test_a_home_that_is_a_file_is_an_error_of_the_system(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    environment.setenv("EXPEDITER_HOME", str(tmp_path / "file"))

    with pytest.raises(FileExistsError):
        read_config()


def test_the_token_file_is_in_the_home_unless_it_is_named(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("EXPEDITER_HOME", str(tmp_path))
    assert read_config().token_file == tmp_path / "token"

    environment.setenv("EXPEDITER_TOKEN_FILE", "/run/secrets/expediter")
    assert read_config().token_file == Path("/run/secrets/expediter")


def test_a_variable_that_is_empty_is_not_set(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Environment.model_fields:
        environment.setenv(name.upper(), "")

    defaults = {name: field.default for name, field in Environment.model_fields.items()}
    assert Environment() == Environment.model_construct(**defaults)


def test_every_setting_is_read_from_its_variable(environment: pytest.MonkeyPatch) -> None:
    said = {name: said_for(name, number) for number, name in enumerate(Environment.model_fields, start=1)}
    for name, value in said.items():
        environment.setenv(name.upper(), value)

    read = Environment()

    assert {name: str(getattr(read, name)) for name in said} == said


def said_for(name: str, number: int) -> str:
    """A value of its own for each setting, of the kind it takes."""
    annotation = Environment.model_fields[name].annotation
    if re.search(r"\bbool\b", str(annotation)):
        return str(Environment.model_fields[name].default is not True)
    return str(number) if re.search(r"\b(?:int|Decimal)\b", str(annotation)) else f"/{name}"
