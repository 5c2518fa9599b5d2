"""Whatever other systems call a channel, it is one of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.order_terms import Channel, channel_of


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("edi", Channel.EDI),
        (" EDI ", Channel.EDI),
        ("E-Mail", Channel.EMAIL),
        ("web", Channel.STOREFRONT),
        ("", Channel.SALES_REP),
        ("carrier pigeon", Channel.SALES_REP),
    ],
)
def test_a_free_text_is_a_channel(text: str, channel: Channel) -> None:
    assert channel_of(text) is channel


@given(st.text())
def test_every_text_is_a_channel(text: str) -> None:
    assert channel_of(text) in Channel
