"""Notes to the others, and theirs here: commit, fetch, merge, send.

Merging and not rebasing: each side's commits stay as they are, a conflict is met once and with
all of both sides, and at no moment is a note anywhere but in a commit. Explorers are kept from
saving while git writes among the notes.
"""

from __future__ import annotations

import errno
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from explorer.errors import NoteError
from explorer.notes import NoteStore
from explorer.sharing import commit_times
from explorer.sharing.committing import commit, held_back, identity, not_committed
from explorer.sharing.conflict_settling import settle
from explorer.sharing.git_words import NOT_SYNCED, explained, is_behind
from explorer.sharing.merge_settings import keep_driver
from explorer.sharing.repository import Remote, Repository
from explorer.sharing.sync_report import Changes, Settled, SyncReport
from explorer.storage import files, locks
from explorer.text.sanitize import one_line

_TRIES = 25
"""How often others may be quicker before we give up: of ten at one moment one is the tenth."""
_PAUSE = 0.2
"""Seconds, at most and for each time, after which who was slower tries again: not all at once."""
_WITH = ("-c", "merge.conflictStyle=merge", "-c", "rerere.enabled=false")
# Notes are alike: one that is gone and one that is new are hardly one that was renamed, and what
# somebody changed in the one must not go into the other. (The newer way to merge, ort, can be kept
# from finding renames only since it is the only one.)
_AS_WE_MERGE = ("-s", "recursive", "-X", "no-renames")


def sync(
    store: NoteStore,
    *,
    join: bool = False,
    closing: threading.Event | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> SyncReport:
    """Commit what was written, take what others sent, and send it all.

    `join` merges notes that were begun apart from those on the server; once `closing` is set, no
    server is waited for any more; `progress` hears what is being done that may take long. Raises
    NoteError when it cannot be done; what was committed by then stays so, and nothing is lost.
    """
    repository = Repository(store.where, closing)
    repository.check()
    branch = repository.branch()
    keep_driver(repository)
    settled = Settled()
    if repository.is_merging:
        with _alone(repository):
            settled = _end_merge(repository, store, is_ours=False)
    _sign(repository, store)
    with _alone(repository):
        report = SyncReport(_commit(repository, store), settled=settled)
    report = replace(report, held_back=held_back(repository))
    remote = repository.remote(branch)
    if remote is None:
        return replace(report, has_remote=False)
    for number in range(_TRIES):
        if number:
            (closing or threading.Event()).wait(random.uniform(0, _PAUSE * min(number, 5)))  # noqa: S311
        progress(f"Fetching what others sent to {one_line(remote.name)} …")
        _fetch(repository, remote)
        remote = repository.as_fetched(remote)
        with _alone(repository):
            report = report.with_more(_taken_in(repository, store, remote, join=join))
        sent = _ahead(repository, remote)
        if sent:
            progress("Sending …")
        if not sent or _push(repository, remote):
            return replace(report, sent=sent)
    raise NoteError(
        "Others sent notes at the same moment, again and again. Yours are committed here; sync "
        "once more.",
        NOT_SYNCED,
    )


@contextmanager
def _alone(repository: Repository) -> Iterator[None]:
    """While no explorer saves a note. Raises NoteError when one is at it."""
    try:
        with locks.locked(repository.where):
            yield
    except TimeoutError as error:
        why = f"{files.explained(error)} Sync again in a moment."
        raise NoteError(why, NOT_SYNCED) from error
    except OSError as error:
        where = one_line(str(error.filename or repository.where))
        is_refused = error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
        why = f"{where}: {files.explained(error, 'Nothing may be written there.' * is_refused)}"
        raise NoteError(why, NOT_SYNCED) from error


def _sign(repository: Repository, store: NoteStore) -> None:
    """Sign the notes that nobody else has yet and that say no author."""
    if not store.others.author:
        return
    are_sent = bool(repository.git.said("for-each-ref", "--count=1", "refs/remotes"))
    new = {name.rpartition("/")[2] for name in not_committed(repository).new}
    for note in store.load().every_version() if new or not are_sent else ():
        is_new = note.path.name in new or not are_sent
        if is_new and not (note.author or note.sealed):
            store.save(note.ref, note.words, name=note.name, note=note, changed=note.changed)


def _commit(repository: Repository, store: NoteStore) -> Changes:
    changes = not_committed(repository)
    if changes.names:
        commit(repository, changes, identity(repository, store.others.author))
    return changes


def _taken_in(
    repository: Repository, store: NoteStore, remote: Remote, *, join: bool
) -> SyncReport:
    """Merge what others sent, once what was saved while it was fetched is committed too."""
    committed, ours = _commit(repository, store), repository.head()
    settled = _merge(repository, store, remote, join=join)
    came = _changes(repository, ours).without(settled.copies)
    commit_times.give(repository, (*came.new, *came.changed), since=ours)
    return SyncReport(committed, came, settled)


def _fetch(repository: Repository, remote: Remote) -> None:
    into = f"+refs/heads/*:refs/remotes/{remote.name}/*"
    # What is not there any more is to be sent again, and not to be taken for sent.
    how = ("-q", "--no-tags", "--prune")
    repository.git("fetch", *how, "--", remote.name, into, network=True)


def _merge(repository: Repository, store: NoteStore, remote: Remote, *, join: bool) -> Settled:
    """Take in what others sent; nothing when there is none of it."""
    git = repository.git
    if not git.said("rev-parse", "-q", "--verify", remote.ref):
        return Settled()
    if repository.head() and not git.tried("merge-base", "--is-ancestor", remote.ref, "HEAD").code:
        return Settled()
    message = f"Merge notes from {one_line(remote.name)}"
    done = git.tried(
        *(*_WITH, *identity(repository, store.others.author)),
        *("merge", "-q", *_AS_WE_MERGE, "--ff", "--no-edit", "-m", message),
        *(["--allow-unrelated-histories"] if join or _is_bare(repository, remote) else []),
        remote.ref,
    )
    if repository.is_merging:
        return _end_merge(repository, store, is_ours=True)
    if done.code:
        raise NoteError(explained(done.err + done.text, repository.where), NOT_SYNCED)
    return Settled()


def _is_bare(repository: Repository, remote: Remote) -> bool:
    """Whether a repository has but what servers make one with: a README, a licence."""
    return not repository.folders(remote.ref)


def _end_merge(repository: Repository, store: NoteStore, *, is_ours: bool) -> Settled:
    settled = settle(repository, is_ours=is_ours)
    repository.git(*identity(repository, store.others.author), "commit", "-q", "--no-edit")
    return settled


def _ahead(repository: Repository, remote: Remote) -> int:
    """How many commits the others do not have."""
    if not repository.head():
        return 0
    known = repository.git.said("rev-parse", "-q", "--verify", remote.ref)
    span = f"{remote.ref}..HEAD" if known else "HEAD"
    return int(repository.git("rev-list", "--count", span).text)


def _push(repository: Repository, remote: Remote) -> bool:
    """Send it; False when others were quicker. Raises NoteError."""
    follow = [] if remote.is_known else ["-u"]
    to = f"HEAD:refs/heads/{remote.branch}"
    done = repository.git.tried("push", "-q", *follow, "--", remote.name, to, network=True)
    if done.code and not is_behind(done.err):
        what = "The notes are committed here, and git did not send them; a hook may forbid it"
        raise NoteError(explained(done.err, repository.where, what=what), NOT_SYNCED)
    return not done.code


def _changes(repository: Repository, since: str) -> Changes:
    """What became of notes since a commit."""
    if not (head := repository.head()):
        return Changes()
    # A tree without files, by the name that it has in this repository.
    span = (since or repository.git("hash-object", "-t", "tree", "--stdin").text, head)
    compare = ("diff", "--name-status", "-z", "--no-renames", "--no-ext-diff")
    listed = repository.git(*compare, *span, "--", "notes").names
    found: dict[str, list[str]] = {"A": [], "M": [], "D": []}
    for what, name in zip(listed[::2], listed[1::2], strict=True):
        if repository.is_ours(name):
            found.get(what[:1], found["M"]).append(name)
    return Changes(*(tuple(found[what]) for what in "AMD"))
