"""What-if questions about countries and work centres, by whatever they are called; nothing is guessed."""

from datetime import date

import pytest

from agents.ops_chat.names import Kind, Named, book_of
from agents.ops_chat.understanding import understand
from agents.ops_chat.understood import Context, Understood, Unread

NAMES = (
    Named(kind=Kind.SITE, code="Houston plant", names=("Houston plant",)),
    Named(kind=Kind.SITE, code="Reno plant", names=("Reno plant",)),
    Named(kind=Kind.SUPPLIER, code="GULF", names=("Gulf Castings",)),
    Named(kind=Kind.SUPPLIER, code="JASPER", names=("Jasper Machine Parts",)),
    *(
        Named(kind=Kind.CENTER, code=f"{short}-{code}", names=(f"{site} plant, {name}",))
        for short, site in (("HOU", "Houston"), ("RNO", "Reno"))
        for code, name in (("MACH", "machining"), ("ASSY", "assembly"), ("TEST", "test bench"), ("WELD", "welding"))
    ),
)
CONTEXT = Context(today=date(2026, 11, 2), book=book_of(NAMES))


@pytest.mark.parametrize(
    ("said", "center", "days"),
    [
        ("what if HOU-ASSY stops for three days?", "HOU-ASSY", 3),
        ("what if Houston assembly stops for three days?", "HOU-ASSY", 3),
        ("what if the assembly line in Houston is down for a week?", "HOU-ASSY", 7),
        ("what if the test bench in Reno breaks down for two days?", "RNO-TEST", 2),
        ("what if machining at Reno is idle for 5 days", "RNO-MACH", 5),
        ("Was wäre, wenn die Montage in Houston zwei Wochen ausfällt?", "HOU-ASSY", 14),
        ("was wenn das Schweißen in Houston eine Woche steht?", "HOU-WELD", 7),
    ],
)
def test_a_work_centre_is_known_by_the_words_of_its_name(said: str, center: str, days: int) -> None:
    stops = {"stops": [{"center": center, "days": days}]}

    assert understand(said, CONTEXT) == Understood(tool="simulate_scenario", arguments=stops)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("what if the test bench breaks down for two days?", "Which work centre of HOU-TEST, RNO-TEST, and for how"),
        ("what if Houston assembly stops?", "Which work centre of HOU-ASSY, and for how long?"),
        ("what if China is out?", "For how long does nothing come?"),
        ("what if the CNC machine stops for a day?", "I cannot read this."),
        ("what if Houston is down for a day?", "I cannot read this."),
        ("what if demand in Germany doubles for two weeks?", "I cannot read this."),
    ],
)
def test_what_could_mean_several_or_nothing_is_asked_for(said: str, asked: str) -> None:
    found = understand(said, CONTEXT)

    assert isinstance(found, Unread)
    assert found.help.startswith(asked)


@pytest.mark.parametrize(
    ("said", "country", "days"),
    [
        ("what if Mexico is out for two weeks?", "MX", 14),
        ("what if all Mexican suppliers are out for two weeks?", "MX", 14),
        ("what if suppliers in China deliver nothing for 10 days?", "CN", 10),
        ("what if nothing comes from South Korea for 3 weeks?", "KR", 21),
        ("was wenn Mexiko zwei Wochen ausfällt?", "MX", 14),
        ("was passiert, wenn Taiwan drei Wochen nichts liefert?", "TW", 21),
        ("¿y si China no entrega durante dos semanas?", "CN", 14),
        ("et si la Chine ne livre rien pendant deux semaines ?", "CN", 14),
        ("wat als Duitsland twee weken niets levert?", "DE", 14),
    ],
)
def test_a_country_that_delivers_nothing_is_an_outage_of_it(said: str, country: str, days: int) -> None:
    outages = {"outages": [{"country": country, "days": days}]}

    assert understand(said, CONTEXT) == Understood(tool="simulate_scenario", arguments=outages)


@pytest.mark.parametrize(
    ("said", "countries"),
    [
        ("what if there is a tariff of 25 % on goods from Mexico?", ["MX"]),
        ("was wenn es 25 % Zoll auf Waren aus China gibt?", ["CN"]),
        ("what if there is a tariff of 25 % on China and Taiwan?", ["CN", "TW"]),
        ("what if there is 25 % duty on Chinese goods and goods from Taiwan?", ["CN", "TW"]),
        ("what if the United States impose a 25 % tariff on Spain?", ["ES"]),
        ("was wenn die USA 25 % Zoll auf China erheben?", ["CN"]),
    ],
)
def test_duty_is_on_the_countries_it_is_put_on(said: str, countries: list[str]) -> None:
    tariffs = {"tariffs": [{"country": country, "percent": "25"} for country in countries]}

    assert understand(said, CONTEXT) == Understood(tool="simulate_scenario", arguments=tariffs)


def test_what_happens_together_is_one_scenario() -> None:
    found = understand("what if GULF is out for two weeks and Houston assembly stops for 3 days", CONTEXT)

    assert found == Understood(
        tool="simulate_scenario",
        arguments={"outages": [{"supplier": "GULF", "days": 14}], "stops": [{"center": "HOU-ASSY", "days": 3}]},
    )
