"""What git says when it cannot do something, in a person's words, with what to do."""

from __future__ import annotations

import re
from pathlib import Path

from explorer.record.labels import shortened
from explorer.text.sanitize import one_line
from explorer.text.shell_words import quoted

NOT_SYNCED = "The notes were not synced"
NOT_SHARED = "The notes were not set up to be shared"
KEPT = "Nothing here is lost; your notes are committed on this machine."
_SHOWN = 300
_PASSWORD = re.compile(r"(://[^/@:\s]*):[^/@\s]*@")

_SIGN_IN = (
    r"could not read (Username|Password)|terminal prompts disabled|Authentication failed"
    r"|Permission denied \(|Host key verification failed|access denied|HTTP Basic: Access"
    r"|returned error: 40[13]|invalid credentials"
)
_NO_NETWORK = (
    r"Could not resolve host|Network is unreachable|Connection (refused|timed out|reset)"
    r"|Operation timed out|Failed to connect|No route to host|Couldn't connect"
    r"|unable to connect|Temporary failure in name resolution"
)
_NOT_THERE = (
    r"does not appear to be a git repository|repository ('.*' )?not found|returned error: 404"
    r"|'.*' does not exist"
)
_LOCKED = r"index\.lock|Another git process seems to be running|Unable to create '.*\.lock'"
_REFUSED = r"pre-receive hook declined|protected branch|hook declined|remote rejected"
_TOO_OLD = r"unknown option.*(pathspec-from-file|pathspec-file-nul|show-current|orphan)|^usage: git"
_NOISE = re.compile(
    r"hint:|Auto-merging|To |! \[|failed to push some refs|Please make sure you have the correct"
    r"|and the repository exists|Could not read from remote|external filter '.*' failed"
    r"|warning: not sending a push certificate"
)
"""How lines begin that do not say what is wrong."""
_NO_SIGNATURE = r"gpg failed to sign|failed to write commit object"
_KNOWN = (
    (
        _SIGN_IN,
        """
    The server asks who you are, and explorer asks for no passwords. Sign in once with git itself,
    “{ask}”, or give your SSH key to an agent (ssh-add); then sync again.
    {kept}""",
    ),
    (
        _NO_NETWORK,
        """
    The server cannot be reached: there is no network, or the address is wrong. {kept} Try again
    once it can.""",
    ),
    (
        "refusing to merge unrelated histories",
        """
    The notes here and those on the server were begun apart from one another, and git does not
    join them by itself. If both are notes on this negotiation, “explorer notes sync --join” does;
    no note of either is lost. {kept}""",
    ),
    (
        "dubious ownership",
        """
    git does not trust {folder}, since it belongs to another user. If you do, say “git config
    --global --add safe.directory {folder}”.""",
    ),
    (
        _LOCKED,
        """
    Another git is at work in {folder}, or was killed there. Try again; if it stays so and none is
    running, remove the file ending in .lock that is in its folder .git.""",
    ),
    (
        _TOO_OLD,
        """
    The git of this machine is too old: explorer needs 2.25 or newer, and it said {said} Your notes
    are as they were.""",
    ),
    (_REFUSED, "The server did not take the notes: {said} {kept}"),
    (
        _NOT_THERE,
        "There is no repository at the address, or you may not read it: {said} {look} {kept}",
    ),
    (
        "would be overwritten by (merge|checkout)",
        """
    Files beside the notes have changes that are not committed, and others changed them too:
    {said} Commit them or put them aside with git, then sync again. {kept}""",
    ),
    (
        "No space left on device|Disk quota exceeded",
        "The disk is full. Free some space and sync again. {kept}",
    ),
    (
        _NO_SIGNATURE,
        """
    git is set to sign commits, and could not: {said} Unlock your key, then sync again; your notes
    are as they were.""",
    ),
)


def explained(
    said: str,
    folder: Path,
    *,
    what: str = "git could not do it",
    address: str = "",
    kept: str = KEPT,
) -> str:
    """Why git did not do something, and what to do.

    `what` begins the sentence where no more is known than what git says; `address` is where it
    was told to look, when it does not know that by itself; `kept` is what became of the notes.
    """
    where = quoted(one_line(str(folder)))
    known = {
        "folder": where,
        "said": _brief(said),
        "kept": kept,
        "ask": f"git ls-remote {shown(address)}" if address else f"git -C {where} fetch",
        "look": "" if address else f"“git -C {where} remote -v” shows the address that is set.",
    }
    for pattern, words in _KNOWN:
        if re.search(pattern, said, re.IGNORECASE):
            return one_line(one_line(words).format(**known))
    return f"{what}: {known['said']} Your notes are as they were."


def shown(address: str) -> str:
    """An address as it may be shown: without the password that may be in it."""
    return _PASSWORD.sub(r"\1:…@", one_line(address))


def is_behind(said: str) -> bool:
    """Whether others have sent something that is not here yet."""
    return bool(re.search(r"non-fast-forward|fetch first|\[rejected\]|cannot lock ref", said))


def _brief(said: str) -> str:
    """The lines in which git says what is wrong, on one line; nothing that was its advice."""
    lines = [one_line(line) for line in said.splitlines()]
    plain = [re.sub(r"^((fatal|error|remote): ?)+", "", line).strip() for line in lines]
    plain = list(filter(None, plain))
    telling = [line for line in plain if not _NOISE.match(line)] or plain
    quoted = shortened(shown(" ".join(telling)), _SHOWN).rstrip(".")
    return f"“{quoted}”." if quoted else "it does not say why."
