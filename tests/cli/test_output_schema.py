"""What commands print as JSON has the shape that they say it has, to the last key."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, ValidationError
from tests.programs import program

from explorer import cli, dataset
from explorer.cli.command_table import command_parser, described
from explorer.cli.output_schema import DOCUMENT, names, schema_of
from explorer.dataset.appending import Addition, append
from explorer.notes import Anchor, NoteStore, Words
from explorer.record.model import PLURALS, Ref
from explorer.seen.watches import Watch, Watches

NAMES = tuple(names(described()))
DATASETS = ("harbour", *dataset.bundled())

SHAPES = {name: Draft7Validator(schema_of(name)) for name in NAMES}
"""What checks each output."""

ANYWHERE = {
    **{f"list {plural}": "list" for plural in PLURALS.values()},
    "list rounds --as-of -400d": "list",
    "today": "today",
    "brief": "brief",
    "texts": "texts",
    "texts --as-of -300d": "texts",
    "positions": "positions",
    "positions --by-round": "positions",
    "positions --since -400d --sort stance": "positions",
    "accounts": "accounts",
    "accounts --differing": "accounts",
    "measures": "measures",
    "measures --as-of -300d": "measures",
    "deadlines": "deadlines",
    "deadlines --as-of -300d": "deadlines",
    "figures": "figures",
    "changes": "changes",
    "changes --from -300d": "changes",
    "evidence": "evidence",
    "news": "news",
    "news --since -200d": "news",
    "search the": "search",
    "search speaker:nobody": "search",
    "search kind:note word": "search",
    "watches": "watches",
    "check": "check",
    "overlay": "overlay list",
    "overlay diff": "overlay diff",
    "overlay check": "overlay check",
    "overlay tidy": "overlay tidy",
    "overlay path": "overlay path",
    "notes where": "notes where",
    "notes list": "notes list",
    "notes tags": "notes tags",
    "notes due": "notes due",
    "notes export": "notes export",
}
"""What is tried on every dataset, and the output that it must be."""


@pytest.fixture
def printed(capfd, own_folders):
    """Runs a command and reads the JSON that it prints, whatever its exit code."""

    def printed(*words: str) -> Any:
        code = cli.main([*words, "--json"])
        out, err = capfd.readouterr()
        assert code in (0, 1, 2), err
        assert out, f"{words}: {err}"
        return json.loads(out)

    return printed


def wrong(name: str, data: Any) -> list[str]:
    """What of an output has another shape than it says, the innermost first."""
    errors = map(deepest, SHAPES[name].iter_errors(data))
    return [f"{name} {list(e.absolute_path)}: {e.message[:200]}" for e in errors]


def deepest(error: ValidationError) -> ValidationError:
    """Of what may have one of several shapes, what is wrong in the shape that it is nearest to."""
    while error.context:
        branches: defaultdict[int, list[ValidationError]] = defaultdict(list)
        for each in error.context:
            is_other = each.validator == "pattern" and [*each.path][-1:] == ["ref"]
            branches[each.schema_path[0]] += [each] * (9 if is_other else 1)
        error = min(branches.values(), key=len)[0]
    return error


@pytest.fixture
def written(own_folders: Path):
    """Writes notes on a dataset: tags, a day, words, a record that is gone, a damaged file."""

    def written(key: str, ref: str, quoted: str) -> None:
        store = NoteStore(own_folders / "notes", key)
        store.save(
            Ref.parse(ref), Words("a word #watch", due=date(2020, 1, 1)), name="x", note=None
        )
        anchor = Anchor(quoted)
        store.save(Ref.parse(ref), Words("another word", anchor=anchor), name="x", note=None)
        store.save(Ref("issue", "gone-for-good"), Words("an orphan"), name="gone", note=None)
        (store.where / "issue--broken.toml").write_text("no = ")

    return written


@pytest.mark.parametrize("name", DATASETS)
def test_every_command_prints_what_it_says_on_every_dataset(printed, written, harbour, name):
    where = str(harbour) if name == "harbour" else name
    key = "harbour-talks" if name == "harbour" else name
    issue = printed("list", "issues", "--dataset", where)[0]["ref"]
    written(key, issue, "the")
    found = []
    for line, output in ANYWHERE.items():
        found += wrong(output, printed(*line.split(), "--dataset", where))
    refs = [r["ref"] for p in PLURALS.values() for r in printed("list", p, "--dataset", where)[:2]]
    assert {ref.partition(":")[0] for ref in refs} >= {"issue", "round", "quote", "delegate"}
    found += wrong("show", printed("show", issue, "--dataset", where))
    found += wrong("show", printed("show", *refs, f"negotiation:{key}", "--dataset", where))
    found += wrong("show", printed("show", "--cite", "text", *refs, "--dataset", where))
    texts = [ref for ref in refs if ref.startswith("text:")]
    found += wrong("compare", printed("compare", *texts[:2], "--dataset", where))
    assert "\n".join(found) == ""


def test_what_needs_no_dataset_of_its_own_has_its_shape(printed, written, harbour, monkeypatch):
    monkeypatch.setattr("explorer.dataset.shipped", lambda: harbour)
    written("harbour-talks", "issue:tolls", "the")
    assert wrong("datasets", printed("datasets")) == []
    assert wrong("version", printed("version")) == []
    assert wrong("settings", printed("settings")) == []


def test_mistakes_in_settings_have_their_shape(printed, own_folders, monkeypatch):
    path = own_folders / "settings.toml"
    path.write_text('theme = "nonesuch"\nthem = 1\n[keys]\nquit = "x"\n', "utf-8")
    monkeypatch.setenv("EXPLORER_SETTINGS", str(path))
    data = printed("settings")
    assert len(data["problems"]) > 1
    assert wrong("settings", data) == []


@pytest.mark.parametrize("line", ["show tolls cranes", "positions", "today", "accounts", "texts"])
def test_documents_have_the_shape_of_documents(capfd, written, harbour, line):
    written("harbour-talks", "issue:tolls", "the")
    assert cli.main([*line.split(), "--format", "json", "--dataset", str(harbour)]) == 0
    data = json.loads(capfd.readouterr().out)
    assert data["footnotes"]
    assert wrong(DOCUMENT, data) == []


def test_notes_of_others_have_their_shape(printed, written, harbour, tmp_path):
    written("harbour-talks", "issue:tolls", "the")
    theirs = NoteStore(tmp_path / "hers", "harbour-talks", author="Anna Berg")
    theirs.save(Ref("issue", "tolls"), Words("hers #watch"), name="x", note=None)
    where = ("--also", str(tmp_path / "hers"), "--dataset", str(harbour))
    shown = printed("show", "tolls", *where)
    assert shown["notes_of_others"] == [{"author": "Anna Berg", "text": "hers #watch"}]
    assert wrong("show", shown) == []
    for line in ("list issues", "notes list", "notes tags", "notes export", "search hers", "today"):
        output = ANYWHERE[line] if line in ANYWHERE else line.split()[0]
        assert wrong(output, printed(*line.split(), *where)) == []


def test_sources_for_reference_managers_have_their_shape(printed):
    for name in dataset.bundled():
        where = ("--dataset", name)
        quotes = [each["ref"] for each in printed("list", "quotes", *where)[:30]]
        assert wrong("show", printed("show", "--cite", "csl-json", *quotes, *where)) == []


def test_a_dataset_with_problems_and_a_new_one_have_their_shapes(printed, dataset_of, tmp_path):
    made = printed("new", str(tmp_path / "mine"))
    assert wrong("new", made) == []
    assert wrong("check", printed("check", made["dataset"])) == []
    bad = dataset_of('[[quote]]\nid = "Bad Id"\nnonsense = 1\n[[issue]]\nid = "x"\n')
    data = printed("check", str(bad))
    assert data["problems"]
    assert wrong("check", data) == []
    (tmp_path / "copies").mkdir()
    proven = printed("check", "--quotes", str(tmp_path / "copies"), "us-china-trade")
    assert proven["quotes"]["no_copy"]
    assert wrong("check", proven) == []


def test_quotes_that_are_not_found_have_their_shape(printed, harbour, tmp_path):
    copies = tmp_path / "copies"
    copies.mkdir()
    for source in printed("list", "sources", "--dataset", str(harbour)):
        (copies / f"{source['id']}.txt").write_text("Patience digs deeper than any boat. So so.")
    proven = printed("check", "--quotes", str(copies), "--dataset", str(harbour))["quotes"]
    assert any("difference" in proof for proof in proven["not_found"])
    assert wrong("check", printed("check", "--quotes", str(copies), str(harbour))) == []


def test_what_is_new_and_watches_have_their_shapes(printed, harbour, tmp_path):
    talks = shutil.copytree(harbour, tmp_path / "talks")
    where = ("--dataset", str(talks))
    printed("news", *where)
    Watches("harbour-talks").keep(Watch("toll words", "toll", (Ref("issue", "tolls"),)))
    path = talks / "quotes.toml"
    before, first, gone, *quotes = path.read_text("utf-8").split("[[quote]]")
    first = first.replace('text = "', 'text = "Corrected: ', 1)
    new = gone.replace('id = "', 'id = "new-', 1)
    path.write_text("[[quote]]".join([before, first, *quotes, new]), "utf-8")
    issues = talks / "issues.toml"
    issues.write_text(issues.read_text("utf-8").replace("doubles its toll", "trebles its toll"))
    data = printed("news", *where)
    assert {row["fate"] for row in data["rows"]} == {"new", "corrected", "withdrawn"}
    assert wrong("news", data) == []
    watches = printed("watches", *where)
    assert watches
    assert wrong("watches", watches) == []


def test_what_was_added_by_the_reader_has_its_shape_everywhere(printed, harbour, tmp_path):
    own = tmp_path / "mine" / "harbour-talks"
    day = date(2032, 6, 20)
    source = {"id": "own-page", "publisher": "Post", "title": "New", "type": "press"}
    quote = {
        "id": "go-on",
        "text": "We go on.",
        "speaker": "noren",
        "published": day,
        "form": "verbatim",
        "language": "en",
        "sources": ["own-page"],
        "issues": ["tolls"],
    }
    status = {"on": day, "state": "agreed", "text": "Done.", "sources": ["own-page"]}
    position = {**status, "delegations": ["north"]}
    del position["state"]
    additions = [
        Addition("source", {**source, "published": day}),
        Addition("quote", quote),
        Addition("status", status, Ref("issue", "tolls")),
        Addition("position", position, Ref("issue", "tolls")),
    ]
    append(harbour, additions, overlay=own)
    where = ("--overlay", str(tmp_path / "mine"), "--dataset", str(harbour))
    found = []
    for line, output in ANYWHERE.items():
        if not line.startswith("notes"):
            found += wrong(output, printed(*line.split(), *where))
    listed = printed("overlay", "list", *where)["items"]
    assert {item["entry"] for item in listed} == {None, "status", "position"}
    (own / "bad.toml").write_text('[[quote]]\nid = "x"\n')
    found += wrong("overlay check", printed("overlay", "check", *where))
    assert "\n".join(found) == ""


def test_what_becomes_of_notes_has_its_shape(printed, written, harbour, tmp_path, own_folders):
    written("harbour-talks", "issue:tolls", "the")
    where = ("--dataset", str(harbour))
    for output, words in {
        "notes export": ("export", "-o", str(tmp_path / "notes.json")),
        "notes backup": ("backup", "-o", str(tmp_path / "notes.zip")),
        "notes import": ("import", str(tmp_path / "notes.json")),
        "notes restore": ("restore", str(tmp_path / "notes.zip")),
        "notes rename-tag": ("rename-tag", "watch", "follow"),
    }.items():
        assert wrong(output, printed("notes", *words, *where)) == []
    strange = tmp_path / "strange.json"
    note = {"record": "issue:tolls", "text": "x", "colour": "red", "tags": ["#a", 3]}
    head = {"format": "explorer-notes", "version": 1, "dataset": "harbour-talks"}
    strange.write_text(json.dumps({**head, "notes": [note]}))
    report = printed("notes", "import", str(strange), *where)
    assert report["not_taken"]
    assert wrong("notes import", report) == []


def test_what_is_imported_has_its_shape(printed, harbour, tmp_path):
    talks = shutil.copytree(harbour, tmp_path / "talks")
    table = tmp_path / "quotes.csv"
    table.write_text("text,speaker,said\nWe go on.,Norén,2031-05-05\n,nobody,no day\n", "utf-8")
    page = {"id": "p", "type": "webpage", "title": "A page", "note": "x", "URL": "https://e.org"}
    sources = tmp_path / "sources.json"
    sources.write_text(json.dumps([page]), "utf-8")
    for words in ([str(table), "--as", "quote"], [str(sources), "--dry-run"], [str(sources)]):
        data = printed("import", *words, "--into", str(talks))
        assert data["files"]
        assert wrong("import", data) == []


def test_what_is_published_has_its_shape(printed, harbour, tmp_path):
    data = printed("publish", str(tmp_path / "site"), "--without-days", "--dataset", str(harbour))
    assert wrong("publish", data) == []


def test_what_helps_with_faults_and_in_shells_has_its_shape(printed, dataset_of):
    assert wrong("doctor", printed("doctor")) == []
    assert wrong("doctor", printed("doctor", str(dataset_of("nonsense = 1")))) == []
    assert wrong("completions", printed("completions", "bash")) == []


def test_what_is_exported_has_its_shape(printed, harbour, tmp_path):
    data = printed("export", str(tmp_path / "talks.bib"), "--dataset", str(harbour))
    assert wrong("export", data) == []


def test_what_is_shared_has_its_shape(printed, written, harbour, tmp_path, monkeypatch):
    git = program("git")
    for name in ("GLOBAL", "SYSTEM"):
        monkeypatch.setenv(f"GIT_CONFIG_{name}", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    written("harbour-talks", "issue:tolls", "the")
    hub = str(tmp_path / "hub.git")
    subprocess.run([git, "init", "-q", "--bare", hub], check=True)
    where = ("--dataset", str(harbour))
    for words in (("--author", "Anna"), ("--to", hub)):
        assert wrong("notes share", printed("notes", "share", *words, *where)) == []
    data = printed("notes", "sync", *where)
    assert data["remote"]
    assert wrong("notes sync", data) == []
    for output in ("list", "due", "export"):
        assert wrong(f"notes {output}", printed("notes", output, *where)) == []


def test_where_it_is_served_has_its_shape(harbour):
    pytest.importorskip("textual_serve", reason="explorer[web] is not installed here")
    command = [sys.executable, "-m", "explorer", "serve", "--port", "0", "--json", str(harbour)]
    with subprocess.Popen(command, stdout=-1, stderr=-1, text=True) as serving:
        while "Ctrl+C" not in serving.stderr.readline():
            assert serving.poll() is None
        serving.terminate()
        data = json.loads(serving.stdout.read())
    assert wrong("serve", data) == []


def test_every_command_that_prints_json_says_what_it_prints():
    parsers = command_parser().commands
    printing = {name: parser for name, parser in parsers.items() if parser.option("--json")}
    for name, parser in printing.items():
        if name not in ("", "schema"):
            said = {each for each in NAMES if each.split()[0] == name}
            assert said, f"{name}_command needs a SHAPE"
            takers = {each for each, own in parser.commands.items() if own.option("--json")}
            own = {f"{name} {each}" for each in takers}
            assert own <= said, f"SHAPES of {name}_command needs {own - said}"


def test_every_output_is_tried_here():
    source = Path(__file__).read_text("utf-8")
    missing = [name for name in NAMES if f'"{name}"' not in source and name != DOCUMENT]
    assert missing == []


# The schemas themselves


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_strict_and_says_what_it_is(name):
    schema = schema_of(name)
    Draft7Validator.check_schema(schema)
    objects = [each for each in parts(schema) if each.get("type") == "object"]
    for each in objects:
        assert "additionalProperties" in each
        assert each["additionalProperties"] is not True or "properties" not in each
        assert each.get("description") or "properties" not in each
        assert set(each.get("required", ())) <= set(each.get("properties", ()))
    used = {each["$ref"].rpartition("/")[2] for each in parts(schema) if "$ref" in each}
    assert used <= set(schema["definitions"])


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object of a schema, and those within it."""
    if isinstance(schema, dict):
        yield schema
        for each in schema.values():
            yield from parts(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from parts(each)


def test_a_key_that_is_not_said_is_found_and_one_that_is_missing(printed, harbour):
    data = printed("positions", "--dataset", str(harbour))
    assert wrong("positions", data) == []
    assert wrong("positions", data | {"more": 1})
    data["rows"][0]["positions"]["north"]["txt"] = "x"
    assert wrong("positions", data)
    del data["as_of"]
    assert any("'as_of'" in each for each in wrong("positions", data))


def test_the_command_prints_the_schemas_and_lists_them(capfd):
    assert cli.main(["schema", "--output"]) == 0
    listed = capfd.readouterr().out
    assert [line.split("  ")[0] for line in listed.splitlines()] == list(NAMES)
    for words in (["list"], ["notes", "list"], ["notes list"]):
        assert cli.main(["schema", "--output", *words]) == 0
        assert json.loads(capfd.readouterr().out) == schema_of(" ".join(words))


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["lst"], "did you mean “list”?"),
        (["notes"], "there are notes where, notes list"),
        (["zzzz"], "“explorer schema --output” lists them"),
    ],
)
def test_an_output_that_there_is_not_is_said_with_what_there_is(capfd, words, hint):
    assert cli.main(["schema", "--output", *words]) == 2
    assert hint in capfd.readouterr().err
