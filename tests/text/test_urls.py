"""Which addresses a browser may be given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.text.urls import why_not


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a/b?c=d&e=f#g",
        "HTTPS://EXAMPLE.ORG/",
        "https://münchen.example/straße",
        "https://例え.example/道",
        "https://[2001:db8::1]/x",
        "https://example.org/a@b",
        "https://example.org/--help",
        "https://example.org/%22quoted%22",
        "https://example.org/(brackets)[and]more",
    ],
)
def test_a_web_address_may_be_opened(address):
    assert why_not(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "ftp://example.org/",
        "mailto:someone@example.org",
        "vscode://file/etc/passwd",
        "--remote-debugging-port=9222",
        "-https://example.org",
        "example.org",
        "//example.org/",
        "/etc/passwd",
    ],
)
def test_anything_but_http_and_https_is_not_opened(address):
    assert why_not(address) == "only http and https addresses are opened"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a b",
        " https://example.org",
        "https://example.org\n--new-window",
        "https://example.org/\x1b[31m",
        "https://example.org/\x00",
        "https://example.org/\u202egpj.exe",
        "https://example.org/\u200b",
        "https://example.org/'; rm -rf ~; '",
        'https://example.org/"',
        "https://example.org/`id`",
        "https://example.org\\@elsewhere.example",
        "https://example.org/<script>",
    ],
)
def test_an_address_with_space_quotation_mark_or_control_is_not_opened(address):
    assert why_not(address) == "it contains a space, a quotation mark or a control character"


@pytest.mark.parametrize(
    "address",
    [
        "https://",
        "https:///path",
        "http:example.org",
        "https://:443/",
        "https://user@example.org",
        "https://bank.example:secret@elsewhere.example/",
        "https://@example.org",
    ],
)
def test_an_address_that_hides_its_host_is_not_opened(address):
    assert why_not(address) == "it names no host, or hides one behind a user name"


@pytest.mark.parametrize("address", ["https://[::1", "https://example.org:port/", "http://x:99999"])
def test_a_malformed_address_is_called_so(address):
    assert why_not(address) == "it is not a well-formed address"


def test_no_address_is_no_address():
    assert why_not("") == "there is no address"


@given(st.text(max_size=60) | st.text(max_size=30).map("https://".__add__))
def test_what_passes_begins_with_http_and_holds_no_space_or_control(address):
    if why_not(address) is None:
        assert address.lower().startswith(("http://", "https://"))
        assert address.isprintable()
        assert " " not in address
    else:
        assert why_not(address)
