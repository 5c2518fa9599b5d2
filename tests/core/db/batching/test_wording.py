"""What is written at once is what the codecs write."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from core.db.batching.wording import granted_text, notes, request_hash, usual_claim, usual_words
from core.db.codec import to_json_text
from core.db.stores.commands import hash_of
from core.db.stores.stock_records import notes_of
from core.db.transaction import facts_text
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo
from core.domain.stock import Claim, ReservationKind, ReserveStock, StockReserved

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
CLAIMS = st.builds(
    Claim,
    item=WORDS.map(ItemCode),
    location=WORDS.map(LocationCode),
    quantity=st.integers(1, 10**12),
    reference=WORDS,
    kind=st.sampled_from([ReservationKind.HARD, ReservationKind.ADVISORY]),
    order=st.none() | WORDS.map(OrderNo),
    line=st.none() | st.integers(1, 99),
    lot=st.none() | WORDS.map(LotCode),
    cause=st.just("") | WORDS,
)
BOXED = Claim(
    item=ItemCode("A"), location=LocationCode("B"), quantity=1, reference="R", kind=ReservationKind.TIME_BOXED,
    expires_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(CLAIMS | st.just(BOXED), min_size=1, max_size=2), WORDS)
def test_texts_are_those_of_the_codecs(claims: list[Claim], key: str) -> None:
    command = ReserveStock(key=key, claims=tuple(claims))

    assert request_hash(command) == hash_of(command)
    assert granted_text(command) == to_json_text(StockReserved, command.granted())
    words = [(scope, subject, facts_text(facts)) for scope, subject, facts in notes_of(command.claims)]
    assert notes(command) == words
    usual = usual_claim(command)
    if usual is not None:
        ((scope, _, facts),) = words
        assert usual_words(key, usual) == (request_hash(command), granted_text(command), scope, facts)


def test_usual_is_a_hard_claim_with_nothing_more_to_it() -> None:
    plain = Claim(item=ItemCode("A"), location=LocationCode("B"), quantity=1, reference="R")
    others = [
        BOXED,
        replace(plain, reference="R/1"),
        replace(plain, order=OrderNo("SO-1")),
        replace(plain, line=1),
        replace(plain, lot=LotCode("L")),
        replace(plain, cause="why"),
        replace(plain, kind=ReservationKind.ADVISORY),
    ]

    assert usual_claim(ReserveStock(key="k", claims=(plain,))) == plain
    assert [usual_claim(ReserveStock(key="k", claims=(other,))) for other in others] == [None] * len(others)
    assert usual_claim(ReserveStock(key="k", claims=(plain, plain))) is None
