"""Texts whose words lie in a file of their own."""

from __future__ import annotations

import os
from datetime import date

import pytest

from explorer import dataset
from explorer.dataset import DatasetError, long_texts, text_files
from explorer.dataset.long_texts import split
from explorer.record.clauses import standing

TREATY = """\
# Treaty on the bell

The two banks,

## Preamble

Fond of quiet,

## Article 1 – The bell

1. A bell is hung
   on the jetty.
2. It [shall][should] ring at noon.

   And at no other hour.

Article 2

Neither bank pays for it in 2031. It is
12 feet high.

Article 3. Each bank may leave this treaty after Article 2 was broken.
"""

TEXT = """
[[text]]
id = "treaty"
name = "Treaty on the bell"
type = "agreement"
issued = 2031-03-05
file = "treaty.md"
sources = ["gazette"]
"""


def numbers_and_words(text):
    return [(clause.number, clause.name, clause.words) for clause in split(text)]


def test_a_text_is_split_at_headings_and_numbered_articles():
    assert numbers_and_words(TREATY) == [
        ("Treaty on the bell", "", "The two banks,"),
        ("Preamble", "", "Fond of quiet,"),
        ("Article 1, 1", "The bell", "A bell is hung on the jetty."),
        (
            "Article 1, 2",
            "The bell",
            "It [shall][should] ring at noon.\nAnd at no other hour.",
        ),
        ("Article 2", "", "Neither bank pays for it in 2031. It is 12 feet high."),
        ("Article 3", "", "Each bank may leave this treaty after Article 2 was broken."),
    ]


def test_what_stands_before_the_first_heading_is_the_opening():
    assert numbers_and_words("Whereas.\n\n1. A bell.\n2. Two bells.") == [
        ("Opening", "", "Whereas."),
        ("1", "", "A bell."),
        ("2", "", "Two bells."),
    ]


def test_a_number_in_the_midst_of_a_paragraph_begins_no_clause():
    assert numbers_and_words("1. They met in\n14. of the month,\nArticle 5 in hand.") == [
        ("1", "", "They met in 14. of the month, Article 5 in hand.")
    ]


def test_chinese_articles_are_articles():
    assert numbers_and_words("第一条 悬挂一口钟。\n\n第二条 正午鸣钟。") == [
        ("第一条", "", "悬挂一口钟。"),
        ("第二条", "", "正午鸣钟。"),
    ]


def test_two_clauses_of_one_number_are_told_apart():
    assert [clause.number for clause in split("## A\n\nx\n\n## A\n\ny")] == ["A", "A (2)"]


@pytest.mark.parametrize(
    "hostile",
    [
        "# a" + " " * 200_000 + "b",
        "#" * 200_000,
        "1." * 100_000,
        "\n" * 200_000,
        "Article " * 50_000,
    ],
)
def test_no_text_takes_long_to_split(hostile):
    assert len(list(split(hostile))) <= 1


def written(dataset_of, more="", words=TREATY, text=TEXT):
    path = dataset_of(text + more, folder=True)
    if words is not None:
        (path / "treaty.md").write_text(words, "utf-8")
    return path


def only(path):
    (text,) = dataset.load(path, cached=False).dataset.texts
    return text


def test_the_words_of_a_file_are_the_clauses_of_its_text(dataset_of):
    text = only(written(dataset_of))

    assert [clause.number for clause in text.clauses][-3:] == [
        "Article 1, 2",
        "Article 2",
        "Article 3",
    ]
    assert text.clauses[0].words == "The two banks,"


def test_a_file_may_lie_beside_a_dataset_of_one_file(dataset_of):
    path = dataset_of(TEXT)
    (path.parent / "treaty.md").write_text(TREATY, "utf-8")

    assert len(only(path).clauses) == 6


def test_toml_may_say_more_of_a_clause_in_the_file_and_how_it_read_later(dataset_of):
    more = """
[[text.clause]]
number = "Article 2"
name = "Costs"
matters = ["money"]
issues = ["fares"]

[[text.clause]]
number = "Article 2"
on = 2031-06-01
words = "Both pay."
"""
    text = only(written(dataset_of, more))
    costs = next(clause for clause in text.clauses if clause.number == "Article 2")

    assert (costs.name, costs.matters, costs.issue_ids) == ("Costs", ("money",), ("fares",))
    assert costs.words.startswith("Neither bank pays")
    later = {clause.number: clause.words for clause in standing(text, date(2031, 6, 1))}
    assert later["Article 2"] == "Both pay."


def test_what_is_in_a_file_is_filtered_before_it_is_shown(dataset_of):
    text = only(written(dataset_of, words="1. A \x1b[31mbell\u202e."))

    assert text.clauses[0].words == "A ␛[31mbell�."


def problems(path):
    with pytest.raises(DatasetError) as refused:
        dataset.load(path, cached=False)
    return "\n".join(map(str, refused.value.problems))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../treaty.md", "must be the name of a file beside this one"),
        ("sub/treaty.md", "must be the name of a file beside this one"),
        ("/etc/passwd", "must be the name of a file beside this one"),
        (".hidden.md", "must be the name of a file beside this one"),
        ("treaty.pdf", "must be plain text or Markdown"),
        ("missing.md", "is not there"),
    ],
)
def test_only_a_text_beside_the_toml_may_be_named(dataset_of, name, reason):
    said = problems(written(dataset_of, text=TEXT.replace("treaty.md", name)))

    assert "[[text]] treaty, file" in said
    assert reason in said


def test_of_a_file_or_clause_that_is_not_there_it_is_said_which_is_meant(dataset_of):
    path = written(dataset_of, text=TEXT.replace("treaty.md", "treaties.md"))
    assert "did you mean “treaty.md”?" in problems(path)

    article = '[[text.clause]]\nnumber = "2"\nmatters = ["tolls"]\n'
    path = written(dataset_of, text=TEXT + article, words="# Article 2 Tolls\n\n1. None.\n")
    assert "did you mean “Article 2, 1”?" in problems(path)


def test_what_lies_outside_the_folder_is_never_named(dataset_of, tmp_path):
    (tmp_path / "treaty.md").write_text("1. A secret.", "utf-8")
    path = written(dataset_of, text=TEXT.replace("treaty.md", "../treety.md"), words=None)

    assert "did you mean" not in problems(path)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(dataset_of, tmp_path):
    path = written(dataset_of, words=None)
    (tmp_path / "secret.txt").write_text("1. A secret.", "utf-8")
    (path / "treaty.md").symlink_to(tmp_path / "secret.txt")

    assert "leads out of the dataset's folder" in problems(path)


def test_a_pipe_is_not_waited_for(dataset_of):
    path = written(dataset_of, words=None)
    os.mkfifo(path / "treaty.md")

    assert "is not there" in problems(path)


def test_a_file_that_is_too_large_or_no_text_or_empty_is_refused(dataset_of, monkeypatch):
    path = written(dataset_of)
    (path / "treaty.md").write_bytes(b"1. A bell\n\xff")
    assert "is not UTF-8 text, in line 2" in problems(path)
    (path / "treaty.md").write_bytes(b"\n\n")
    assert "has no words" in problems(path)
    monkeypatch.setattr(text_files, "MAX_BYTES", 1_000_000)
    (path / "treaty.md").write_bytes(b"x" * 1_000_001)
    assert "is larger than 1 MB" in problems(path)


def test_a_text_of_too_many_clauses_is_refused(dataset_of, monkeypatch):
    monkeypatch.setattr(long_texts, "MAX_CLAUSES", 5)

    assert "has more than 5 clauses" in problems(written(dataset_of))


def test_a_clause_that_the_file_has_not_and_that_has_no_words_is_a_problem(dataset_of):
    more = '\n[[text.clause]]\nnumber = "Article 9"\nmatters = ["oars"]\n'

    said = problems(written(dataset_of, more))

    assert "clause 1, number: treaty.md has no clause “Article 9”" in said


def test_a_change_of_the_file_is_seen_though_the_dataset_is_cached(dataset_of):
    path = written(dataset_of)
    assert len(dataset.load(path).dataset.texts[0].clauses) == 6
    assert len(dataset.load(path).dataset.texts[0].clauses) == 6

    (path / "treaty.md").write_text("1. Nothing else.", "utf-8")

    assert [clause.words for clause in dataset.load(path).dataset.texts[0].clauses] == [
        "Nothing else."
    ]


def test_a_change_of_the_file_is_seen_though_its_size_and_day_are_as_before(dataset_of):
    path = written(dataset_of, words="1. A bell.")
    for file in path.iterdir():
        os.utime(file, (1_000_000_000, 1_000_000_000))
    for _ in range(2):
        assert dataset.load(path).dataset.texts[0].clauses[0].words == "A bell."

    (path / "treaty.md").write_text("1. An oar.", "utf-8")
    os.utime(path / "treaty.md", (1_000_000_000, 1_000_000_000))

    assert dataset.load(path).dataset.texts[0].clauses[0].words == "An oar."


def test_a_text_beside_the_toml_that_nobody_names_is_not_read(dataset_of):
    path = dataset_of("", folder=True)
    (path / "readme.md").write_bytes(b"\xff")

    assert dataset.load(path, cached=False).dataset.texts == ()
