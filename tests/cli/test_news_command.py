"""`explorer news` and `explorer watches`, by real files."""

import json
import shutil

import pytest

from explorer import cli
from explorer.record.model import Ref
from explorer.seen.watches import Watch, Watches


@pytest.fixture
def talks(harbour, tmp_path):
    """The files of a keeper who goes on writing."""
    return shutil.copytree(harbour, tmp_path / "talks")


@pytest.fixture
def run(capfd, talks):
    def run(line):
        code = cli.main([*line.split(), "--dataset", str(talks)])
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return run


def correct(talks):
    """The keeper rewords a quote and takes another out."""
    path = talks / "quotes.toml"
    before, *quotes = path.read_text("utf-8").split("[[quote]]")
    quotes[0] = quotes[0].replace('text = "', 'text = "Corrected: ', 1)
    gone = quotes.pop(1)
    path.write_text("[[quote]]".join([before, *quotes]), "utf-8")
    return gone.partition('id = "')[2].partition('"')[0]


def test_the_first_time_everything_counts_as_seen(run):
    code, out, _ = run("news")
    assert code == 0
    assert "Nothing is new since 30 Jun 2032" in out


def test_what_the_keeper_changed_is_new_until_it_is_marked_as_seen(run, talks):
    run("news")
    gone = correct(talks)
    for _ in range(2):  # printing it marks nothing
        code, out, _ = run("news --since-last")
        assert code == 0
        assert "1 corrected, 1 withdrawn since 30 Jun 2032." in out
        assert "[+Corrected:]" in out
        assert f"quote:{gone}" in out
    _, _, err = run("news --mark-seen")
    assert "2 marked as seen" in err
    assert "Nothing is new" in run("news")[1]


def test_its_data_say_what_became_of_each_record(run, talks):
    run("news")
    gone = correct(talks)
    found = json.loads(run("news --json")[1])
    assert found["counts"] == {"new": 0, "corrected": 1, "withdrawn": 1}
    assert found["since"] == "2032-06-30"
    corrected, withdrawn = found["rows"]
    assert corrected["changes"][0]["field"] == "text"
    assert corrected["changes"][0]["now"].startswith("Corrected: ")
    assert withdrawn["ref"] == f"quote:{gone}"
    assert withdrawn["record"]["speaker"]


def test_since_a_day_is_what_became_public_since_then(run):
    assert run("news --since 2031-02-01") == run("changes --from 2031-02-01")
    code, out, _ = run("news --since 2031-02-01 --json")
    assert code == 0
    assert json.loads(out)["rows"]


@pytest.mark.parametrize("option", ["--mark-seen", "--watch Tolls", "--since-last"])
def test_a_day_cannot_go_with_what_is_about_the_last_visit(run, option):
    code, _, err = run(f"news --since 2031-02-01 {option}")
    assert code == 2
    assert "--since" in err


def test_it_lists_what_is_new_by_watch_and_in_one(run, talks):
    speaker = "noren"
    Watches("harbour-talks").keep(Watch("Noren", scope=(Ref("delegate", speaker),)))
    Watches("harbour-talks").keep(Watch("Zebras", words="zebra"))
    run("news")
    correct(talks)
    _, out, _ = run("news --json")
    watches = {watch["name"]: watch["refs"] for watch in json.loads(out)["watches"]}
    assert watches["Zebras"] == []
    assert set(watches) == {"Noren", "Zebras"}
    assert "Nothing" in run("news --watch zebras")[1]
    code, _, err = run("news --watch zebrs")
    assert code == 2
    assert "did you mean “Zebras”?" in err


def test_watches_are_listed_with_what_they_are_on(run):
    assert "There are none yet" in run("watches")[2]
    Watches("harbour-talks").keep(Watch("Noren", words="toll", scope=(Ref("delegate", "noren"),)))
    code, out, err = run("watches")
    assert (code, out) == (0, "Noren  scope: delegate:noren  search: toll\n")
    assert ".toml" in err
    assert json.loads(run("watches --json")[1]) == [
        {"name": "Noren", "words": "toll", "scope": ["delegate:noren"]}
    ]


def test_a_state_folder_that_cannot_be_used_is_said_in_a_sentence(run, own_folders):
    (own_folders / "state").write_text("a file")
    code, _, err = run("news")
    assert code == 1
    assert "What you saw cannot be known" in err


def test_a_file_of_watches_that_is_damaged_keeps_no_news_away(run, talks):
    run("news")
    correct(talks)
    path = Watches("harbour-talks").path
    path.parent.mkdir(parents=True)
    path.write_text("[[watch]")
    code, out, err = run("news")
    assert code == 0
    assert "1 corrected" in out
    assert "left untouched" in err
    assert run("watches")[0] == 1
