"""Small problems for the tests of choosing, made up by hypothesis."""

from hypothesis import strategies as st

from core.planning.choosing.problem import (
    Charge,
    Draw,
    Line,
    Pool,
    Problem,
    Shortage,
    Source,
    Stability,
    Tier,
    Way,
)


@st.composite
def problems(draw: st.DrawFn, *, most: int = 3, units: int = 3) -> Problem:
    """Up to so many shortages of so many units, two sources, two pools, two charges; a few ways."""
    count = draw(st.integers(1, most))
    small = st.integers(0, 9)
    lines = tuple(Line(id=f"L{n}", customer=draw(st.sampled_from("XY"))) for n in range(count + 1))
    shortages = tuple(
        Shortage(
            id=f"S{n}",
            line=f"L{draw(st.integers(0, n))}",
            units=draw(st.integers(1, units)),
            need=draw(st.integers(0, 3)),
            otherwise=draw(st.integers(0, 9)),
            penalty=draw(small),
            risk=draw(st.integers(0, 20)),
            whole=draw(st.booleans()),
        )
        for n in range(count)
    )
    return Problem(
        lines=lines,
        shortages=shortages,
        sources=tuple(_source(draw, n, last=f"L{count}") for n in range(2)),
        ways=tuple(
            Way(
                id=f"{shortage.id}-{n}",
                shortage=shortage.id,
                source=f"Q{n}",
                arrives=draw(st.integers(0, 5)),
                cost=draw(st.integers(-2, 9)),
                asks=draw(st.booleans()),
            )
            for shortage in shortages
            for n in range(2)
        ),
        pools=tuple(Pool(id=f"P{n}", capacity=draw(st.integers(-1, 12))) for n in range(2)),
        charges=tuple(
            Charge(id=f"C{n}", amount=draw(st.integers(0, 15)), document=draw(st.booleans())) for n in (0, 1)
        ),
        stability=Stability(moved=draw(small), contacted=draw(small), document=draw(small)),
    )


def _source(draw: st.DrawFn, number: int, *, last: str) -> Source:
    least = draw(st.integers(1, 3))
    prices = sorted((draw(st.integers(0, 4)), draw(st.integers(0, 4))), reverse=True)
    tiers = (Tier(least=least, price=prices[0]), Tier(least=least + 2, price=prices[1]))
    return Source(
        id=f"Q{number}",
        most=draw(st.integers(0, 7)),
        multiple=draw(st.integers(1, 2)),
        tiers=tiers if draw(st.booleans()) else (Tier(),),
        holding=draw(st.integers(0, 3)),
        charges=tuple(draw(st.sets(st.sampled_from(("C0", "C1"))))),
        draws=tuple(
            Draw(pool=pool, fixed=draw(st.integers(0, 2)), unit=draw(st.integers(0, 2)), paid=draw(st.booleans()))
            for pool in sorted(draw(st.sets(st.sampled_from(("P0", "P1")))))
        ),
        moves=(last,) if draw(st.booleans()) else (),
    )
