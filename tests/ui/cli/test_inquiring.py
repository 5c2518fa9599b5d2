"""A supplier written to at the terminal: a letter, a person's yes, a reply from a file, and what it leaves open."""

from pathlib import Path

from tests.builders import MARIA, OMAR, VIVIAN
from tests.ui.cli.offices import Office


def mail(folder: Path, subject: str, text: str) -> Path:
    """A reply of Gulf Castings as somebody saved it."""
    file = folder / "answer.eml"
    file.write_text(
        f"From: Joe <gulf@gulf.example>\nMessage-ID: <1@gulf>\nSubject: Re: {subject}\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{text}\n",
        encoding="utf-8",
    )
    return file


def with_addresses(here: Office) -> None:
    with here.desk() as desk:
        desk.alter("UPDATE suppliers SET email = lower(code) || '@' || lower(code) || '.example', country = 'US'")


def test_a_letter_waits_is_sent_on_a_yes_and_its_answer_settled_by_a_person(here: Office, tmp_path: Path) -> None:
    with_addresses(here)

    asked = here.run("inquire", "CASE-2", "--supplier", "GULF", "--quantity", 25)
    letter = here.run("inquiry", "INQ-1", "--json").json()
    (waits,) = letter["approvals"]
    before = here.mailbox.letters
    sent = here.run("approve", "INQ-1", "--hash", waits["plan_hash"], by=MARIA)
    out = here.mailbox.letters
    answer = mail(tmp_path, letter["letter"]["subject"], "Unit price: USD 12.00\nQuantity available: 25")
    viewer = here.run("inquiry", "INQ-1", "--reply", answer, by=VIVIAN)
    taken = here.run("inquiry", "INQ-1", "--reply", answer, by=MARIA)
    listed = here.run("inquiries", "--json").json()
    wrong = here.run("inquiry", "REPLY-1", "--settle", "lead_time_days", by=MARIA)
    used = here.run("inquiry", "REPLY-1", "--settle", "lead_time_days=6", "--use", by=MARIA)

    assert (asked.code, asked.err) == (0, "")
    assert "Next: `expediter approve AP-INQ-1-1` sends it; until somebody says yes nothing is sent." in asked.text
    assert (letter["state"], letter["quantity"], before) == ("waiting", 25, ())
    assert (sent.code, [one.recipient for one in out]) == (0, ["gulf@gulf.example"])
    assert (viewer.code, viewer.errors) == (2, ["not_authorised"])
    assert "REPLY-1 is unclear" in taken.text
    assert "lead_time_days is not said" in taken.text
    assert [(one["id"], one["replies"][0]["state"]) for one in listed["inquiries"]] == [("INQ-1", "unclear")]
    assert (wrong.code, "has no '='" in wrong.err) == (2, True)
    assert "REPLY-1 from gulf@gulf.example, used" in used.text
    assert "lead_time_days 6 said by maria" in used.text
    assert "Next: `expediter resolve CASE-2` plans with what they offer." in used.text
    assert here.run("inquiries").text == "No letters to suppliers. `expediter inquire CASE` writes some."


def test_a_draft_is_given_other_words_and_proposed_by_who_wrote_them(here: Office, tmp_path: Path) -> None:
    with_addresses(here)
    drafted = here.run("inquire", "CASE-2", "--supplier", "GULF", "--draft", "--json").json()
    words = tmp_path / "letter.txt"
    words.write_text(f"Ladies and gentlemen,\n\nplease call.\n\n{drafted['letter']['body']}", encoding="utf-8")

    nobody = here.run("inquiry", "INQ-1", "--propose")
    viewer = here.run("inquiry", "INQ-1", "--propose", by=VIVIAN)
    still = here.run("inquiry", "INQ-1", "--json").json()
    edited = here.run("inquiry", "INQ-1", "--text", words, "--version", 1, "--propose", by=OMAR)
    both = here.run("inquiry", "INQ-1", "--use", "--declines", by=MARIA)
    unknown = here.run("inquiry", "INQ-9")

    assert (drafted["state"], drafted["approvals"], nobody.code) == ("draft", [], 2)
    assert (viewer.code, viewer.errors) == (2, ["not_authorised"])
    assert (still["state"], still["approvals"]) == ("draft", [])
    assert "INQ-1, version 2: quote_request to GULF, waiting" in edited.text
    assert "please call." in edited.text
    assert (both.code, "three answers; give one" in both.err) == (2, True)
    assert (unknown.code, "INQ-9" in unknown.err) == (2, True)
