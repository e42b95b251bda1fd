"""`explorer complete`: what shells are answered while somebody types."""

from __future__ import annotations

import pytest

from explorer.cli import main


@pytest.fixture
def offered(capsys, harbour):
    def asked(what, typed="", *words):
        assert main(["complete", what, "--", typed, *words, "--dataset", str(harbour)]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return [line.partition("\t")[0] for line in out.splitlines()]

    return asked


def test_records_are_offered_by_their_ids(offered):
    assert "tolls" in offered("ref")
    assert {"tolls", "toll-truce"} <= set(offered("ref", "tol"))
    assert offered("ref", "issue:to") == ["issue:tolls"]
    assert offered("ref", "noren-g") == ["noren-good-day"]
    assert "lantern-isle" not in offered("issue")


def test_an_id_of_several_records_is_offered_with_its_kind(offered, harbour):
    from explorer import dataset

    index = dataset.load(harbour)
    for value in offered("ref", "l"):
        assert ":" in value or sum(ref.id == value for ref in index.everything()) == 1


def test_days_are_offered_as_rounds_are_called(offered):
    assert {"lantern-isle", "today", "end"} <= set(offered("day"))
    assert offered("day", "lan") == ["lantern-isle"]


def test_the_line_says_of_which_dataset_and_which_day(offered, capsys):
    early = offered("ref", "chart", "--as-of", "2031-03-06")
    assert early != offered("ref", "chart")
    assert main(["complete", "round", "--", "vienna", "show", "iran-nuclear-talks"]) == 0
    assert "vienna" in capsys.readouterr().out


def test_datasets_that_come_along_are_offered(offered):
    assert offered("dataset", "iran") == ["iran-nuclear-talks"]


@pytest.mark.parametrize("what", ["tag", "watch", "figure", "text"])
def test_what_else_is_named_is_offered(offered, what):
    offered(what)


@pytest.mark.parametrize("typed", ["\x1b[2J", ":", "issue:", "-", "no such thing", "'\"$(x)"])
def test_whatever_is_typed_nobody_hears_of_a_mistake(offered, typed):
    assert all("\x1b" not in value for value in offered("ref", typed))


def test_a_dataset_that_is_not_there_offers_nothing(capsys):
    assert main(["complete", "ref", "--", "", "--dataset", "/no/such/folder"]) == 0
    assert main(["complete", "nonsense", "--", ""]) == 0
    assert capsys.readouterr() == ("", "")


def test_no_help_names_it(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "  complete " not in capsys.readouterr().out
    assert main(["complet"]) == 2
    assert "“complete”" not in capsys.readouterr().err
