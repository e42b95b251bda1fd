"""A form that was being filled in outlives the program."""

from __future__ import annotations

import pytest

from explorer.adding.filled_form import FilledForm
from explorer.adding.form_kinds import FORM_KINDS
from explorer.adding.kept_forms import KeptForms
from explorer.storage import processes


@pytest.fixture
def data(view):
    form = FilledForm(view, FORM_KINDS["quote"])
    form.main.typed["text"] = 'He said: "\x00\x1b[31m [b]no[/b]"\n\ud800 \u202e and left'
    form.main.chosen["issues"] = ("issue:tolls",)
    return form.as_data()


def test_a_form_is_offered_when_the_program_that_kept_it_is_no_more(data, view, monkeypatch):
    first = KeptForms("harbour")
    assert first.keep(data) == ""
    assert KeptForms("harbour").left_behind() == []  # the other one lives
    first.close()
    monkeypatch.setattr(processes, "may_be_over", lambda _: True)

    second = KeptForms("harbour")
    (found,) = second.left_behind()
    again = FilledForm.of_data(view, found.data)
    assert again.main.chosen == {"issues": ("issue:tolls",)}
    assert "[b]no[/b]" in again.main.typed["text"]
    assert KeptForms("other").left_behind() == []

    second.taken(found)
    assert second.left_behind() == []


def test_what_was_saved_is_not_offered(data, monkeypatch):
    first = KeptForms("harbour")
    first.keep(data)
    first.drop()
    first.close()
    monkeypatch.setattr(processes, "may_be_over", lambda _: True)
    assert KeptForms("harbour").left_behind() == []


def test_a_file_that_cannot_be_read_is_left_alone(monkeypatch):
    first = KeptForms("harbour")
    first.keep({"parts": []})
    path = first.place
    path.write_bytes(b"\xff not toml")
    first.close()
    monkeypatch.setattr(processes, "may_be_over", lambda _: True)
    assert KeptForms("harbour").left_behind() == []
    assert path.exists()


def test_a_disk_that_refuses_is_said(data, monkeypatch, tmp_path):
    (tmp_path / "state").write_text("a file")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert "could not be kept" in KeptForms("harbour").keep(data)
