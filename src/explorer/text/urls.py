"""Which web addresses may be handed to a browser."""

from __future__ import annotations

from urllib.parse import urlsplit


def why_not(address: str) -> str | None:
    """Why an address may not be opened, in words for people; None when it may.

    Only http and https with a host pass: a browser given `file:`, `javascript:` or an
    option such as `--remote-debugging-port` would act on it.
    """
    if not address:
        return "there is no address"
    if any(c.isspace() or not c.isprintable() or c in "<>\"'`\\" for c in address):
        return "it contains a space, a quotation mark or a control character"
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return "it is not a well-formed address"
    if parts.scheme not in ("http", "https"):
        return "only http and https addresses are opened"
    if not host or parts.username is not None or parts.password is not None:
        return "it names no host, or hides one behind a user name"
    return None
