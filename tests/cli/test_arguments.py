"""What a person may type after `explorer`, and what is said of what cannot be understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explorer import __version__, cli
from explorer.cli.command_table import COMMANDS, command_parser
from explorer.transfer.formats import written_as

HARBOUR = str(Path(__file__).parents[1] / "data" / "harbour")


@pytest.fixture
def run(capsys, monkeypatch, harbour):
    """Runs a command on the invented dataset: its exit code, its output and its errors."""
    monkeypatch.setattr("explorer.dataset.shipped", lambda: harbour)

    def run(line):
        try:
            code = cli.main(line if isinstance(line, list) else line.split())
        except SystemExit as end:
            code = end.code
        printed = capsys.readouterr()
        return code or 0, printed.out, printed.err

    return run


# One thing, however it is typed


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("positions --as-of -2w", "positions --as-of 2032-06-16"),
        ("positions --as-of=-2w", "positions --as-of 2032-06-16"),
        ("changes --from -1y", "changes --from 2031-06-30"),
        ("changes --to -1m", "changes --to 2032-05-30"),
        ("--as-of lantern positions", "positions --as-of lantern"),
        ("--json list rounds", "list rounds --json"),
        ("list --json rounds", "list rounds --json"),
        ("--as-of -1y --json measures", "measures --as-of -1y --json"),
        (f"list rounds {HARBOUR}", "list rounds"),
        (f"{HARBOUR} list rounds", "list rounds"),
        (f"--dataset {HARBOUR} list rounds", "list rounds"),
        (f"show issue:tolls {HARBOUR}", "show issue:tolls"),
        (f"positions {HARBOUR} --as-of lantern", "positions --as-of lantern"),
        (f"accounts {HARBOUR}", "accounts"),
        (f"accounts round:lantern-isle {HARBOUR}", "accounts round:lantern-isle"),
        (f"measures {HARBOUR}", "measures"),
        (f"figures {HARBOUR}", "figures"),
        (f"figures herring-landed {HARBOUR}", "figures figure:herring-landed"),
        (f"changes {HARBOUR} --from lantern", "changes --from lantern"),
        (f"search crab {HARBOUR}", "search crab"),
        (f"brief {HARBOUR} --issue tolls", "brief --issue tolls"),
        (f"brief --issue tolls cranes {HARBOUR}", "brief --issue tolls --issue cranes"),
        (f"notes where {HARBOUR}", "notes where"),
        (f"notes tags {HARBOUR} --json", "notes --json tags"),
        (f"check --dataset {HARBOUR}", f"check {HARBOUR}"),
        ("list round", "list rounds"),
        ("list Rounds", "list rounds"),
        ("LIST ROUND", "list rounds"),
        ("show tolls", "show issue:tolls"),
        ("show Issue:Tolls", "show issue:tolls"),
        ("show issues:tolls", "show issue:tolls"),
        ("show port-talks", "show negotiation:harbour-talks"),
        ("search toll --kind Quotes", "search toll --kind quote"),
        ("show issue:tolls --cite TEXT", "show issue:tolls --cite text"),
        ("search toll -crab", ["search", "toll -crab"]),
        ("-crab search toll", ["search", "toll -crab"]),
        ("list help", "list --help"),
        ("help list", "list --help"),
        ("help notes import", "notes import --help"),
        ("help", "--help"),
        ("--help list", "list --help"),
        ("version", "--version"),
        ("-V", "--version"),
        ("list rounds -V", "--version"),
        ("version --help", "help version"),
        ("--version --json", "version --json"),
        ("help help", "--help"),
        ("--json help list", "list --help"),
        ("-- list rounds", "list rounds"),
    ],
)
def test_it_is_the_same_however_it_is_typed(run, line, same):
    told = run(line)

    assert told[0] == 0
    assert told[1]
    assert told == run(same)


def test_a_dataset_may_be_named_to_the_app_as_to_commands():
    for line in ("my-talks --go issue:a", "--dataset my-talks --go issue:a"):
        args = command_parser().parsed(line.split())
        assert (args.dataset, args.go) == (["my-talks"], "issue:a")


def test_the_version_is_printed(run):
    assert run("version") == (0, f"explorer {__version__}\n", "")
    assert json.loads(run("version --json")[1]) == {"version": __version__}
    assert "explorer version [-h] [--json]" in run("help version")[1]


def test_the_word_help_may_be_searched_for(run):
    assert run("search help")[2] == "Nothing was found.\n"


def test_several_records_are_shown_one_after_the_other_each_once(run):
    _, tolls, _ = run("show issue:tolls")
    _, cranes, _ = run("show issue:cranes")

    assert run("show tolls cranes issue:tolls") == (0, f"{tolls}\n\n{cranes}", "")
    _, data, _ = run("show tolls cranes --json")
    assert [record["ref"] for record in json.loads(data)] == ["issue:tolls", "issue:cranes"]
    _, data, _ = run("show tolls cranes --cite csl-json")
    ids = [item["id"] for item in json.loads(data)]
    assert len(ids) == len(set(ids)) > 1


# A day by a name


@pytest.fixture
def named(dataset_of):
    """Rounds whose names hold one another's."""
    one = (
        '[[round]]\nid = "{0}"\nname = "{1}"\nmeeting = "talks"\nstarts = {2}\nends = {2}\n'
        'summary = "s"\nsources = ["gazette"]\n'
    )
    return str(
        dataset_of(
            one.format("pier", "Long pier", "2031-02-01")
            + one.format("before-pier", "Call before Pier", "2031-03-01")
            + one.format("pier-again", "Pier", "2031-04-01")
            + one.format("call", "Second call", "2031-05-10")
        )
    )


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("pier", "2031-02-01"),  # an id goes before a name
        ("round:pier", "2031-02-01"),
        ("Pier-Again", "2031-04-01"),
        ("call", "2031-05-10"),
        ("second call", "2031-05-10"),
        ("long", "2031-02-01"),
        ("jetty", "2031-05-02"),
    ],
)
def test_an_id_or_a_whole_name_goes_before_a_part_of_another(run, named, said, day):
    code, out, _ = run(["measures", "--json", "--as-of", said, "--dataset", named])

    assert code == 0
    assert json.loads(out)["as_of"] == day


def test_a_search_goes_by_an_id_before_a_part_of_another_name_too(run, named):
    _, out, _ = run(["search", "kind:round", "after:pier", "--dataset", named])
    _, before, _ = run(["search", "kind:round", "before:pier-again", "--dataset", named])

    assert sorted(line.split()[0] for line in out.splitlines()) == [
        "round:before-pier",
        "round:call",
        "round:jetty",
        "round:pier-again",
    ]
    assert sorted(line.split()[0] for line in before.splitlines()) == [
        "round:before-pier",
        "round:pier",
    ]


def test_a_part_of_several_names_is_still_a_choice(run, named):
    code, _, err = run(["measures", "--as-of", "pie", "--dataset", named])

    assert code == 2
    assert "“pie” may be Long pier, Call before Pier, Pier" in err


# What is not understood

NO_NONSENSE = (
    "there is no such file or folder: nonsense; “explorer help” names the commands, "
    "“explorer new FOLDER” makes a dataset of your own"
)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("lst", "there is no such file or folder: lst; did you mean the command “list”?"),
        (
            "list rounds iran",
            ("there is no such file or folder: iran; "
            "did you mean the dataset “iran-nuclear-talks”?"),
        ),
        (
            "list rounds china",
            ("there is no such file or folder: china; "
            "did you mean the dataset “us-china-trade”?"),
        ),
        ("nonsense", NO_NONSENSE),
        ("lists rounds", "there is no command “lists”; did you mean “list”?"),
        ("zzz rounds", "there is no command “zzz”; “explorer help” names the commands"),
        ("zzz --json", "there is no command “zzz”; “explorer help” names the commands"),
        ("help lst", "there is no command “lst”; did you mean “list”?"),
        ("lst --help", "there is no command “lst”; did you mean “list”?"),
        ("list", "list: KIND is missing; for example “explorer list rounds”"),
        ("list roundz", "there is no kind “roundz”; did you mean “rounds”?"),
        ("list rounds nowhere", "there is no such file or folder: nowhere"),
        ("list rounds x y", "list does not take “y”; “explorer list --help” says what it takes"),
        (
            f"list rounds {HARBOUR} --dataset {HARBOUR}",
            f"two datasets are named; leave out {HARBOUR} or --dataset",
        ),
        ("show", "show: REF is missing; for example “explorer show round:kuala-lumpur”"),
        ("show tols", "no record is called “tols”; did you mean issue:tolls?"),
        ("show lantern-is", "no record is called “lantern-is”; did you mean round:lantern-isle?"),
        ("show zzzzzz", "no record is called “zzzzzz”; a reference is written issue:rare-earths"),
        ("show isue:tolls", "there is no kind “isue”; did you mean issue:tolls?"),
        ("show issue:tols", "there is no issue:tols in this dataset; did you mean issue:tolls?"),
        (
            "positions --as-of",
            ("positions: --as-of needs a value after it; for example "
            "“explorer positions --as-of madrid”"),
        ),
        (
            "list rounds --as-of",
            ("list: --as-of needs a value after it; for example "
            "“explorer list rounds --as-of madrid”"),
        ),
        ("--log", "--log needs a value after it; for example “explorer --log explorer.log”"),
        (
            "list rounds --dataset --",
            ("list: --dataset needs a value after it; for example "
            "“explorer list rounds --dataset my-talks/”"),
        ),
        (
            "list rounds --dataset=--",
            ("list: --dataset needs a value after it; for example "
            "“explorer list rounds --dataset my-talks/”"),
        ),
        (
            "brief -o --json",
            ("brief: --output needs a value after it; for example "
            "“explorer brief --output talks.md”"),
        ),
        ("positions --as 2031", "positions does not take “--as”; did you mean “--as-of”?"),
        ("positions --sinc=2031", "positions does not take “--sinc”; did you mean “--since”?"),
        ("--jsn list rounds", "list does not take “--jsn”; did you mean “--json”?"),
        (
            "--json",
            ("without a command it does not take “--json”; "
            "“explorer --help” says what it takes"),
        ),
        (
            "brief --format xml",
            ("brief: --format: “xml” is not one of md and html; for example "
            "“explorer brief --format md”"),
        ),
        (
            "show tolls --cite markdwn",
            ("show: --cite: “markdwn” is not one of text, markdown and csl-json; "
            "did you mean “markdown”?"),
        ),
        (
            "search x --limit many",
            ("search: --limit: “many” is not a whole number; for example "
            "“explorer search soybeans speaker:bessent --limit 20”"),
        ),
        (
            "search x --limit -1",
            ("search: --limit: “-1” is less than 0; for example "
            "“explorer search soybeans speaker:bessent --limit 20”"),
        ),
        (
            "notes lst",
            ("notes: “lst” is not one of where, list, tags, due, export, import, backup, "
            "restore, rename-tag, share and sync; did you mean “list”?"),
        ),
        (
            ["notes", "it's"],
            ("notes: “it's” is not one of where, list, tags, due, export, import, backup, "
            "restore, rename-tag, share and sync; for example “explorer notes list”"),
        ),
        (
            ["figures", "--format", "it's PDF"],
            ("figures: --format: “it's PDF” is not one of text, md, html and json; for example "
            "“explorer figures --format text”"),
        ),
        ("notes", "notes: COMMAND is missing; for example “explorer notes list”"),
        (
            "notes import",
            "notes import: FILE is missing; for example “explorer notes import talks.md”",
        ),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_in_a_sentence_with_what_works(run, line, said):
    assert run(line) == (2, "", f"explorer: {said}\n")


def test_an_id_that_two_records_share_is_not_guessed(run, dataset_of):
    issue = '[[issue]]\nid = "jetty"\nname = "J"\nsummary = "s"\nsources = ["gazette"]\n'

    code, _, err = run(["show", "jetty", "--dataset", str(dataset_of(issue))])

    assert code == 2
    assert err.endswith("explorer: “jetty” may be round:jetty, issue:jetty; say which\n")


# Two days


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("changes --from 2031-06-01 --to lantern", "--from: it must be before 5 Mar 2031"),
        ("changes --from 2031-06-01 --as-of lantern --json", "--from: it must be before 5 Mar"),
        ("changes --from lantern --to lantern", "--from: it must be before 5 Mar 2031"),
        ("changes --from 2040-01-01 --to 2020-01-01", "--from: it must be before 1 Jan 2020"),
        ("positions --since 2031-06-01 --as-of lantern", "--since: it must be before 5 Mar"),
        ("positions --since 2031-06-01 --as-of lantern --json", "--since: it must be before"),
        ("brief --since 2031-06-01 --as-of lantern", "--since: it must be before 5 Mar 2031"),
        ("brief --since 2040-01-01", "--since: it must be before 30 Jun 2032"),
        (
            "changes --as-of lantern --to end",
            "changes: --to cannot go with --as-of; leave out one of them",
        ),
        (
            "positions --by-round --sort stance",
            "--sort cannot go with --by-round; leave out one of them",
        ),
        (
            "positions --sort stances",
            "positions: --sort: “stances” is not one of holders, stance and moved",
        ),
        (
            "positions --by-round --since lantern",
            "positions: --since cannot go with --by-round; leave out one of them",
        ),
    ],
)
def test_days_the_wrong_way_round_or_said_twice_are_refused(run, line, said):
    code, out, err = run(line)

    assert (code, out) == (2, "")
    assert f"explorer: {said}" in err


def test_a_later_day_is_named_when_it_is_refused(run):
    assert run("changes --from 2031-06-01 --to lantern")[2] == (
        "explorer: --from: it must be before 5 Mar 2031, the as-of date, and 1 Jun 2031 is after "
        "it\n"
    )


def test_that_nothing_is_known_since_a_day_after_the_record_is_no_mistake(run):
    for command in ("changes --from 2033-01-01", "positions --since 2033-01-01"):
        code, out, _ = run(command)

        assert code == 0
        assert "30 Jun 2032 is not before 30 Jun 2032" in out
        assert "Nothing became public" not in out
        assert "No position was" not in out


@pytest.mark.parametrize(
    "line",
    [
        ["positions", "--as-of", ""],
        ["positions", "--since", ""],
        ["changes", "--from", ""],
        ["changes", "--to", ""],
        ["brief", "--since", ""],
        ["measures", "--as-of="],
    ],
)
def test_an_empty_day_is_none(run, line):
    code, out, err = run(line)

    assert (code, out) == (2, "")
    assert "“” is neither a day nor a round" in err


# What accounts are of


@pytest.mark.parametrize(
    "ref",
    ["noren", "delegate:noren", "delegation:north", "measure:north-toll", "source:gazette-lantern"],
)
@pytest.mark.parametrize("more", ["", " --json"])
def test_accounts_of_what_has_none_are_refused(run, ref, more):
    code, out, err = run(f"accounts {ref}{more}")

    assert (code, out) == (2, "")
    assert err.startswith("explorer: accounts can be about a round, an issue or a point, and ")
    assert err.endswith("“explorer accounts round:lantern-isle”\n")


def test_an_id_that_several_records_have_means_the_one_that_has_accounts(run, dataset_of):
    person = '[[delegate]]\nid = "jetty"\nname = "J"\nshort = "J"\nsources = ["gazette"]\n'
    path = str(dataset_of(person))

    assert run(["show", "jetty", "--dataset", path])[0] == 2
    assert (
        run(["accounts", "jetty", "--dataset", path])[:2]
        == run(["accounts", "round:jetty", "--dataset", path])[:2]
    )


# Files to write


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("brief b.md", "b.md is no dataset; to write it, say “explorer brief -o b.md”"),
        ("notes backup b.zip",
         "b.zip is no dataset; to write it, say “explorer notes backup -o b.zip”"),
        ("notes export n.md",
         "n.md is no dataset; to write it, say “explorer notes export -o n.md”"),
        ("notes export nowhere", "there is no such file or folder: nowhere"),
        ("brief talks.toml", "there is no such file or folder: talks.toml"),
        ("brief -o b.pdf",
         ("b.pdf would not hold what its name says, for there is no format .pdf here; "
          "end it in one of .md, .markdown, .html, .htm")),
        ("notes export -o n.xlsx",
         ("n.xlsx would not hold what its name says, for there is no format .xlsx here; "
          f"end it in one of {', '.join(written_as())}")),
        ("notes export -o n.html", None),
        ("brief -o b.json", None),
    ],
)  # fmt: skip
def test_a_file_to_write_is_named_as_such_and_as_what_it_holds(
    run, line, said, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXPLORER_NOTES", str(tmp_path / "notes"))
    code, out, err = run(line)

    assert (code, out) == (2, "")
    assert said is None or err == f"explorer: {said}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "is_html"), [("b.txt", False), ("b", False), ("b.HTM", True)])
def test_an_ending_that_promises_no_format_gets_markdown(run, tmp_path, name, is_html):
    assert run(["brief", "-o", str(tmp_path / name)])[0] == 0
    assert ("<html" in (tmp_path / name).read_text("utf-8")) is is_html


def test_a_format_that_is_said_goes_before_the_ending(run, tmp_path):
    assert run(["brief", "--format", "md", "-o", str(tmp_path / "b.json")])[0] == 0


# What the examples and tables promise


def every_parser():
    top = command_parser()
    inner = top.commands["notes"].commands.values()
    return [*top.commands.values(), *inner]


def test_every_example_is_understood():
    for parser in every_parser():
        for option in ("", *(name for name, a in parser.options.items() if a.nargs != 0)):
            example = parser.example(option)
            assert "…" not in example
            command_parser().parsed(example.split()[1:])


def test_no_option_takes_a_value_in_one_command_and_none_in_another():
    taking, others = set(), set()
    for parser in every_parser():
        for name, action in parser.options.items():
            (others if action.nargs == 0 else taking).add(name)

    assert not others & taking


@pytest.mark.parametrize("name", ["", *COMMANDS, "version"])
def test_every_command_that_is_listed_can_be_run(name):
    parser = command_parser().commands[name]

    assert "--help" in parser.options
    assert callable(parser.get_default("run"))


def test_a_briefing_on_nothing_named_is_the_front_page(harbour, run):
    front, every = (
        run(["brief", *given, "--without-notes", "--dataset", str(harbour)])[1]
        for given in ([], ["--every-issue"])
    )

    assert "## Next" in front
    assert "## Falls due" in front
    assert "## Next" not in every
    assert "Tolls and the truce" in every
