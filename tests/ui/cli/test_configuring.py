"""`expediter configure` on the small company with a blower: listed, shown, made, refused with what is accepted."""

from tests.core.services.configuring.blowers import add_blower
from tests.ui.cli.offices import Office


def test_a_product_is_listed_shown_made_and_refused(here: Office) -> None:
    nothing = here.run("configure")
    with here.desk() as desk:
        add_blower(desk)
    listed = here.run("configure", "--json").json()
    shown = here.run("configure", "blower")
    made = here.run(
        "configure", "twin motor side blower", "--by", "2024-10-20", "--customer", "HARBOR", "--json"
    ).json()
    told = here.run("configure", "BLOWER", "--set", "motors=1")
    wrong = here.run("configure", "BLOWER", "--set", "motors=2", "--set", "seal=double")
    unknown = here.run("configure", "turbine")

    assert "No product is made as each order says" in nothing.text
    assert listed == [{"item": "BLOWER", "features": ["motors", "seal"]}]
    assert (shown.code, "say it" in shown.out, "rule B1: twin motors leave no room" in shown.text) == (0, True, True)
    assert (made["accepted"], made["options"], made["parts"]) == (
        True,
        {"motors": "2", "seal": "plain"},
        {"MOTOR": 2, "SEAL": 1},
    )
    assert (made["list_price"], made["price"], made["exists"]) == (1150.5, 1150.5, False)
    assert (told.code, "900.00 USD by the list; becomes an item with the first order." in told.text) == (0, True)
    assert (wrong.code, "rule B1: twin motors leave no room for a double seal; accepted is plain" in wrong.text) == (
        1,
        True,
    )
    assert (unknown.code, "'turbine' names no configurable product; accepted are BLOWER" in unknown.err) == (2, True)
