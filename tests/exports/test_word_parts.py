"""Parts of what is written without blanks, in the index of an exported database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from tests.exports.asking import of_records, write

from explorer.exports.word_parts import LONGEST, with_parts


@pytest.mark.parametrize("text", ["", "tolls and harbours", "Zölle", "שלום", None])
def test_words_with_blanks_between_them_stay_as_they_are(text):
    assert with_parts(text) == text


def test_a_run_is_followed_by_its_parts_and_by_what_stands_in_it_in_another_script():
    assert with_parts("就TikTok会谈").split() == [
        "就TikTok会谈",
        "就",
        "TikTok",
        "会",
        "会谈",
        "谈",
    ]


def test_a_long_run_has_no_part_longer_than_people_type():
    run = "".join(map(chr, range(0x4E00, 0x4E00 + 400)))

    parts = with_parts(run).split()[1:]
    assert max(map(len, parts)) == LONGEST
    assert len(parts) < LONGEST * len(run)


@pytest.fixture
def found(view, tmp_path):
    """Asks the full text of the quotes of a database: which rows have a word in which language."""
    words = {
        "zh": "中方敦促美方取消对等关税措施，就TikTok举行会谈。",
        "ja": "関税の引き上げについて協議した。",
        "ko": "관세인상에 대해 협의했다.",
        "en": "We raise the tariffs.",
    }
    quotes = [
        replace(view.index.dataset.quotes[0], id=f"said-{name}", text="Said.", original=said)
        for name, said in words.items()
    ]
    path = write(of_records(view, quotes=tuple(quotes)), "sqlite", tmp_path / "talks.sqlite")
    question = (
        "SELECT id FROM quotes WHERE rowid IN "
        "(SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH ?) ORDER BY id"
    )
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        yield lambda words: [slug for (slug,) in database.execute(question, (words,))]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("关税", ["said-zh"]),
        ("对等关税措施", ["said-zh"]),
        ("tiktok", ["said-zh"]),
        ('"关税" "会谈"', ["said-zh"]),
        ("協議", ["said-ja"]),
        ("인상", ["said-ko"]),
        ("tariff", ["said-en"]),
        ("税关", []),
    ],
)
def test_a_word_is_found_wherever_it_stands(found, words, ids):
    assert found(words) == ids
