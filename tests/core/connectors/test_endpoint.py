"""An endpoint is an address and a secret; what is neither is refused, and the secret never shown."""

import pytest

from core.connectors.endpoint import Endpoint, is_sendable_key
from core.domain.errors import InvalidValueError


@pytest.mark.parametrize(
    "url",
    [
        "",
        "gulf.example",
        "ftp://gulf.example",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@gulf.example",
        "https://gulf.example/?key=1",
        "https://gulf.example/#top",
        "https://gulf.example:port/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Endpoint(url=url, api_key="s3cret")

    assert str(caught.value) == f"partner address {url!r} is not one such as 'https://host/path'"


@pytest.mark.parametrize("api_key", ["s3cret\n", "s3cret\r\nX-Other: 1", "schlüssel", "\x00"])
def test_a_secret_that_is_no_header_is_refused_and_not_shown(api_key: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        Endpoint(url="https://gulf.example", api_key=api_key)

    assert api_key not in str(caught.value)
    assert "https://gulf.example" in str(caught.value)


def test_an_endpoint_shows_its_address_only() -> None:
    endpoint = Endpoint(url="https://gulf.example/api/", api_key="s3cret")

    assert "s3cret" not in repr(endpoint)
    assert endpoint.at("quotes") == "https://gulf.example/api/quotes"


@pytest.mark.parametrize(
    ("key", "sendable"),
    [("A-1:case/2#3", True), ("x" * 200, True), ("x" * 201, False), ("", False), ("a b", False), ("a\n", False)],
)
def test_a_key_fits_a_header(key: str, sendable: bool) -> None:
    assert is_sendable_key(key) is sendable
