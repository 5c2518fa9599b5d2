"""`expediter mcp` serves nobody without an API key."""

from tests.builders import MARIA
from tests.ui.cli.offices import Office


def test_no_key_is_said_before_anything_is_served(here: Office) -> None:
    ran = here.run("mcp")

    assert (ran.code, ran.out) == (2, "")
    assert "error [authentication_failed] there is no API key: set EXPEDITER_API_KEY, or keep one in" in ran.err


def test_a_person_s_own_token_is_no_key(here: Office) -> None:
    ran = here.run("mcp", by=MARIA)

    assert (ran.code, ran.out) == (2, "")
    assert "error [not_authorised] this door is for API keys, not for people themselves" in ran.err


def test_a_key_that_others_could_have_read_is_refused(here: Office) -> None:
    kept = here.folder / "key"
    kept.write_text("exk_k1_x")
    kept.chmod(0o644)

    ran = here.run("mcp", "--token-file", kept)

    assert "can be read by others; run: chmod 600" in ran.err
    assert "exk_k1_x" not in ran.err


def test_a_key_that_is_not_known_is_refused(here: Office) -> None:
    kept = here.folder / "key"
    kept.write_text("exk_k1_x")
    kept.chmod(0o600)

    ran = here.run("mcp", "--token-file", kept)

    assert "error [authentication_failed] the API key is not known, or counts no more" in ran.err
