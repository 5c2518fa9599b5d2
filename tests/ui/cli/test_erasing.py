"""`expediter users erase` counts and asks; another person's `agree-erasure` erases."""

from tests.builders import MARIA, OMAR
from tests.ui.cli.offices import Office


def test_one_asks_and_another_agrees(here: Office) -> None:
    email = "buyer@harbor.example"

    asked = here.run("users", "erase", "--mark", email, "--json", by=OMAR).json()
    alone = here.run("users", "agree-erasure", asked["request"], by=OMAR)
    done = here.run("users", "agree-erasure", asked["request"], by=MARIA)

    assert asked["rows"]["customers"] == 1
    assert alone.errors == ["not_authorised"]
    assert f"erased-{asked['request']}" in done.text
    assert here.rows("SELECT email FROM customers WHERE code = 'HARBOR'") == [(f"erased-{asked['request']}",)]


def test_what_is_refused_stays(here: Office) -> None:
    asked = here.run("users", "erase", "--mark", "buyer@harbor.example", by=OMAR)
    code = asked.text.split("agree-erasure ")[1].split("`")[0]

    refused = here.run("users", "agree-erasure", code, "--refuse", by=MARIA)

    assert f"{code} is refused; nothing was erased" in refused.text
    assert here.rows("SELECT email FROM customers WHERE code = 'HARBOR'") == [("buyer@harbor.example",)]
