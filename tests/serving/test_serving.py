"""`explorer serve`: the app in browsers, and what its visitors can and cannot do."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="explorer[web] is not installed here")
pytest.importorskip("textual_serve", reason="explorer[web] is not installed here")

from tests.conftest import HARBOUR  # noqa: E402
from tests.serving.visitors import browser, serving  # noqa: E402
from tests.terminal import PATIENCE  # noqa: E402

from explorer import cli  # noqa: E402
from explorer.cli import visitor_app  # noqa: E402

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


async def write_a_note(visitor, words):
    await visitor.press("3", "n")
    await visitor.shows("Note on ")
    await visitor.type(words)
    await visitor.press("ctrl+s")
    await visitor.shows("Saved.")
    await visitor.press("escape")
    await visitor.hides("Note on ")


def texts_in(folder: Path) -> str:
    files = [file for file in folder.rglob("*.toml") if file.is_file()]
    return "\n".join(file.read_text("utf-8") for file in files)


def until(condition, what):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


async def test_each_visitor_writes_apart_and_finds_it_again(tmp_path):
    with serving(tmp_path) as host:
        async with browser(host) as one, browser(host) as other:
            first = await one.opens()
            await first.shows("Harbour talks")
            await write_a_note(first, "A quay of my own.")
            second = await other.opens()
            await second.press("3")
            await second.shows("Tolls")
            assert "A quay of my own" not in second.text
            await first.leave()
            await second.leave()
            again = await one.opens()
            await again.press("3")
            await again.shows("A quay of my own")
        code, said = host.end()

    assert code == 0
    assert "Traceback" not in said
    assert not (tmp_path / "my notes").exists()
    visitors = tmp_path / "data" / "explorer" / "visitors"
    assert "A quay of my own" in texts_in(visitors)
    assert len([*visitors.iterdir()]) == 1  # who wrote nothing leaves nothing


async def test_with_notes_off_nothing_is_written_at_all(tmp_path):
    with serving(tmp_path, "--notes", "off") as host:
        async with browser(host) as one:
            visitor = await one.opens()
            await visitor.shows("Harbour talks")
            await visitor.press("n")
            await visitor.shows("Notes are off")
            await visitor.presses_until("+", "Nothing is added to the record here")
        host.end()

    assert not [file for file in tmp_path.rglob("*") if file.is_file()]


async def test_ones_own_notes_are_shown_to_who_has_the_address_that_was_printed(tmp_path):
    with serving(tmp_path, "--notes", "mine") as host:
        async with browser(host) as other:
            other.address = host.address.partition("?")[0]
            async with other.session.get(other.address) as page:
                assert page.status == 403
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await other.connects()
        async with browser(host) as own:
            visitor = await own.opens()
            await visitor.shows("Harbour talks")
            await write_a_note(visitor, "Mine.")
    assert "Mine." in texts_in(tmp_path / "my notes")


async def test_a_page_of_another_site_can_neither_speak_to_it_nor_read_it(tmp_path):
    with serving(tmp_path) as host:
        async with browser(host) as one:
            async with one.session.get(host.address) as page:
                headers = page.headers
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await one.connects(Origin="https://elsewhere.example")
            assert refused.value.status == 403
            async with one.session.get(host.address, headers={"Host": "elsewhere.example"}) as page:
                assert page.status == 403
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "SameSite=Lax" in headers["Set-Cookie"]
    assert "HttpOnly" in headers["Set-Cookie"]


async def test_who_finds_no_place_waits_for_one(tmp_path):
    with serving(tmp_path, "--visitors", "1") as host:
        async with browser(host) as one, browser(host) as other:
            first = await one.opens()
            await first.shows("Harbour talks")
            second = await other.opens()
            await second.shows("The place is taken")
            assert len(host.apps()) == 1
            await first.leave()
            await second.shows("Harbour talks")
            assert len(host.apps()) == 1


_HOSTILE = (
    "no JSON",
    "[" * 100_000,
    '["stdin"]',
    '["stdin", "\\ud800"]',
    '["stdin", "\\u001b[<0;99999999;99999999M"]',
    '["resize", {"width": 1000000000, "height": -5}]',
    '["resize", {"width": "x"}]',
    '{"type": "quit"}',
)


async def test_nothing_that_is_sent_does_harm(one_host):
    async with browser(one_host) as one:
        visitor = await one.opens((10**6, 40))
        await visitor.shows("Harbour")
        for sent in _HOSTILE:
            await visitor.send_text(sent)
        await visitor.send(["resize", {"width": 140, "height": 40}])
        await visitor.press("p")
        await visitor.shows("Positions")


@pytest.fixture(scope="module")
def one_host(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("host")) as host:
        yield host


async def test_addresses_and_files_go_to_the_visitors_own_browser(one_host):
    async with browser(one_host) as one:
        visitor = await one.opens()
        await visitor.shows("Harbour talks")
        await visitor.press("3", "o")
        await visitor.shows("Open a source in the browser")
        await visitor.press("enter")
        asked = await visitor.is_asked("open_url")
        assert asked["url"].startswith("https://")
        await visitor.press("b")
        await visitor.shows("Write a briefing to which file?")
        await visitor.press("ctrl+u")
        await visitor.type("/etc/../../tmp/a brief.md")
        await visitor.press("enter")
        fetched = await visitor.is_asked("deliver_file_start")
        async with one.session.get(f"{one_host.address}download/{fetched}") as file:
            text = await file.text()
            named = file.headers["Content-Disposition"]
    assert named == "attachment; filename=a-brief.md"
    assert "Tolls" in text


async def test_no_editor_and_no_shell_of_the_host_is_reached(one_host):
    async with browser(one_host) as one:
        visitor = await one.opens()
        await visitor.shows("Harbour talks")
        await write_a_note(visitor, "To be edited.")
        await visitor.press("e")
        await visitor.shows("your own editor is not there")
        await visitor.press("ctrl+z")
        await visitor.shows("There is no shell to go back to")


async def test_what_is_wrong_with_the_files_is_for_the_host_to_see_and_not_for_visitors(tmp_path):
    dataset = tmp_path / "secret place" / "harbour"
    shutil.copytree(HARBOUR, dataset)
    quotes = dataset / "quotes.toml"
    whole = quotes.read_text("utf-8")
    with serving(tmp_path, dataset=dataset) as host:
        async with browser(host) as one, browser(host) as other:
            there = await one.opens()
            await there.shows("Harbour talks")
            quotes.write_text(f"{whole}\n[[quote]]\nid = 5\n", "utf-8")
            await there.shows("problem")
            assert "whoever serves this mends" in there.text
            await there.presses_until("!", "on another machine")

            late = await other.opens((80, 24))
            await late.shows("The files of this record have problems just now")
            for visitor in (there, late):
                assert "quotes.toml" not in visitor.text
                assert "secret" not in visitor.text

            quotes.write_text(whole, "utf-8")
            await late.shows("Harbour talks")
        _, said = host.end()

    assert re.search("a visitor has to wait: [0-9]+ problems in", said)


async def test_a_narrow_window_begins_with_what_has_the_focus(one_host):
    async with browser(one_host) as one:
        visitor = await one.opens((47, 40))
        await visitor.shows("Negotiation · Harbour talks")
        await visitor.send(["blur"])
        await visitor.press("down", "enter")
        await visitor.hides("Negotiation · Harbour talks")


async def test_the_end_of_the_server_ends_every_app_with_its_words_safe(tmp_path):
    with serving(tmp_path) as host:
        async with browser(host) as one:
            visitor = await one.opens()
            await visitor.shows("Harbour talks")
            await visitor.press("3", "n")
            await visitor.shows("Note on ")
            await visitor.type("Half a thought")
            await visitor.shows("Half a thought")
            apps = host.apps()
            code, said = await asyncio.to_thread(host.end)
    assert (code, len(apps)) == (0, 1)
    assert "Traceback" not in said
    assert not any(Path(f"/proc/{app}").exists() for app in apps)
    assert "Half a thought" in texts_in(tmp_path / "data" / "explorer" / "visitors")


async def test_no_app_outlives_a_server_that_was_killed(tmp_path):
    with serving(tmp_path) as host:
        async with browser(host) as one:
            visitor = await one.opens()
            await visitor.shows("Harbour talks")
            (app,) = host.apps()
            await asyncio.to_thread(host.end, signal.SIGKILL)
            await asyncio.to_thread(until, lambda: _has_ended(app), "the app ends")


def _has_ended(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_visitors_process_starts_no_programs():
    code = (
        "import subprocess, os, sys; from explorer.cli import visitor_app\n"
        "sys.addaudithook(visitor_app._start_no_programs)\n"
        "for start in (lambda: subprocess.run(['true']), lambda: os.system('true'),\n"
        "              lambda: subprocess.run([sys.executable, '-P', '-c', 'print(1)']),\n"
        "              lambda: os.execv('/bin/true', ['true'])):\n"
        "    try: start()\n"
        "    except PermissionError: print('refused')\n"
        "ours = 'from explorer.values import dataclass; print(7)'\n"
        "subprocess.run([sys.executable, '-P', '-c', ours])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert sorted(run.stdout.split()) == ["7", *["refused"] * 4]


@pytest.mark.parametrize(
    ("code", "is_ours"),
    [
        ("from explorer.dataset.apart import run; run()", True),
        ("import os", False),
        ("print('from explorer.x')", False),
    ],
)
def test_it_knows_its_own_where_windows_starts_programs_by_one_line(code, is_ours):
    words = [sys.executable, "-P", "-c", code, "more words"]
    line = subprocess.list2cmdline(words)
    assert visitor_app._is_python_itself(None, line) is is_ours
    assert visitor_app._is_python_itself(sys.executable, words) is is_ours
    assert not visitor_app._is_python_itself("/bin/sh", words)


# What the host is told.


def _said(capfd, *words):
    code = cli.main(["serve", *map(str, words), str(HARBOUR)])
    return code, capfd.readouterr().err


def test_a_port_that_is_taken_is_named(capfd):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = _said(capfd, "--port", port)
    assert code == 2
    assert f"port {port} is taken" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--host", "no-such-host.invalid"], "the host “no-such-host.invalid” is not found"),
        (["--host", "192.0.2.1", "--port", "0"], "is not an address of this machine"),
        (["--port", "70000"], "“70000” is no port"),
        (["--visitors", "0"], "“0” is no number from 1 to"),
        (["--host", "0.0.0.0", "--port", "0", "--notes", "mine"], "on this machine alone"),
        (["--public-url", "talks.example.org"], "“talks.example.org” is not"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(capfd, words, told):
    code, said = _said(capfd, *words)
    assert code == 2
    assert told in said


def test_without_the_extra_it_says_how_to_install_it(capfd, monkeypatch):
    monkeypatch.setitem(sys.modules, "textual_serve.server", None)
    monkeypatch.delitem(sys.modules, "explorer.serving.visitors_server", raising=False)
    code, said = _said(capfd)
    assert code == 2
    assert "pip install 'explorer[web]'" in said


def test_whom_others_reach_is_told_what_it_does_not_protect(tmp_path):
    with serving(tmp_path, "--host", "0.0.0.0") as host:
        _, said = host.end()
    assert "no password, encrypts nothing" in said


async def test_a_proxys_name_is_the_only_one_it_answers_to(tmp_path):
    with serving(tmp_path, "--public-url", "https://talks.example.org") as host:
        assert host.address == "https://talks.example.org/"
        until(lambda: host.apps() == [], "it is there")
