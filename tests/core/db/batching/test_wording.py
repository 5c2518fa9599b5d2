"""What is written at once is what the codecs write."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from core.db.batching.wording import granted_text, notes, request_hash
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
    assert notes(command) == [(scope, subject, facts_text(facts)) for scope, subject, facts in notes_of(command.claims)]
