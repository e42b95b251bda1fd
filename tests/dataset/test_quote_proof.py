"""Whether what a dataset quotes stands in its sources, by copies of them."""

from __future__ import annotations

import json

import pytest

from explorer import cli

WORDS = """
[[quote]]
id = "swim"
text = "We can swim […] to the other bank"
speaker = "marlow"
published = 2031-05-03
form = "verbatim"
language = "en"
sources = ["gazette"]

[[quote.variant]]
text = "We could swim"
sources = ["mirror"]

[[quote]]
id = "told"
text = "She said nobody would swim."
speaker = "marlow"
published = 2031-05-03
form = "paraphrase"
language = "en"
sources = ["gazette"]

[[quote]]
id = "patience"
text = "Patience digs deep"
original = "耐心挖得深"
speaker = "marlow"
published = 2031-05-03
form = "translation"
language = "zh"
sources = ["gazette", "notice"]

[[text]]
id = "sheet"
name = "Sheet"
type = "fact sheet"
issued = 2031-05-02
sources = ["mirror"]

[[text.clause]]
number = "1"
words = "The fare is [one] penny."

[[text.clause]]
number = "2"
remark = "It is not legible."

[[source]]
id = "mirror"
publisher = "Mirror"
title = "A mirror"
type = "press"

[[source]]
id = "notice"
publisher = "Notice"
title = "告"
type = "press"
language = "zh"
"""
PAGES = {
    "gazette.html": "<p>“We c<b>an</b> swim”, she said, “if we must, to the other bank.”</p>",
    "gazette.2.html": "<p>Patience digs deep</p>",
    "mirror.txt": "We could swim. The fare is [one] penny.",
    "notice.htm": '<meta charset="gb2312"><p>耐心，挖得深</p>',
}


@pytest.fixture
def folder(tmp_path):
    """Writes copies of sources into a folder."""

    def write(**instead):
        path = tmp_path / "copies"
        path.mkdir()
        for name, text in {**PAGES, **instead}.items():
            if text is not None:
                encoding = "gb2312" if "gb2312" in text else "utf-8"
                (path / name).write_bytes(text.encode(encoding))
        return str(path)

    return write


def checked(capsys, dataset, folder, *more):
    code = cli.main(["check", str(dataset), "--quotes", folder, *more])
    return code, *capsys.readouterr()


def test_what_stands_in_a_copy_of_its_source_is_proven(dataset_of, folder, capsys):
    code, out, _ = checked(capsys, dataset_of(WORDS), folder())

    # The words, the variant, both languages of the translation and the clause.
    last = "5 quotations: 5 stand in a copy of their source, 0 do not, 0 could not be looked for."
    assert out.splitlines()[-1] == last
    assert code == 0


def test_what_does_not_is_shown_beside_the_nearest_passage(dataset_of, folder, capsys):
    text = WORDS.replace("We could swim", "We should never swim")
    code, out, _ = checked(capsys, dataset_of(text), folder())
    lines = out.splitlines()
    begins = next(nth for nth, line in enumerate(lines) if line.startswith("quote:"))
    told = lines[begins : begins + 3]

    assert told == [
        "quote:swim, variant 1, text: does not stand in mirror.txt",
        "    dataset: We {should never} swim",
        "    page:    We {could} swim",
    ]
    assert code == 1


def test_words_that_no_page_has_anything_like_are_told_so(dataset_of, folder, capsys):
    text = WORDS.replace("We could swim", "Ferries burn at night")
    code, out, _ = checked(capsys, dataset_of(text), folder())

    assert "    page:    has no passage like it" in out.splitlines()
    assert code == 1


def test_a_source_without_a_copy_is_named_and_proves_nothing_wrong(dataset_of, folder, capsys):
    code, out, _ = checked(capsys, dataset_of(WORDS), folder(**{"mirror.txt": None}))

    assert "no copy of mirror: 2 quotations" in out.splitlines()
    assert out.splitlines()[-1].endswith(
        "3 stand in a copy of their source, 0 do not, 2 could not be looked for."
    )
    assert code == 0


def test_any_of_several_sources_proves_words(dataset_of, folder, capsys):
    text = WORDS.replace(
        'form = "verbatim"\nlanguage = "en"\nsources = ["gazette"]',
        'form = "verbatim"\nlanguage = "en"\nsources = ["notice", "gazette"]',
    )
    code, out, _ = checked(capsys, dataset_of(text), folder())

    assert "5 stand in a copy" in out
    assert code == 0


def test_files_that_are_no_copies_are_told(dataset_of, folder, capsys):
    strange = {"gazete.html": "x", "mirror.pdf": "x", ".hidden": "x"}
    _, out, _ = checked(capsys, dataset_of(WORDS), folder(**strange))

    assert "warning: gazete.html: there is no source “gazete”; did you mean “gazette”?" in out
    assert "warning: mirror.pdf is no text, Markdown or HTML file" in out
    assert "hidden" not in out


def test_a_copy_that_is_no_page_is_not_read(dataset_of, folder, capsys):
    code, out, _ = checked(
        capsys, dataset_of(WORDS), folder(**{"mirror.txt": None, "mirror.html": "<p>" * 200_000})
    )

    assert "warning: mirror.html has more tags than any page, and is not read" in out
    assert code == 0


def test_data_names_every_quotation_that_was_not_proven(dataset_of, folder, capsys):
    text = WORDS.replace("We could swim", "We should never swim")
    code, out, _ = checked(capsys, dataset_of(text), folder(**{"notice.htm": None}), "--json")
    proofs = json.loads(out)["quotes"]

    (missing,) = proofs["not_found"]
    assert (missing["ref"], missing["key"]) == ("quote:swim", "variant 1, text")
    assert ["should never ", "added"] in missing["difference"]
    assert [each["key"] for each in proofs["no_copy"]] == ["original"]
    assert proofs["sources_without_copy"] == {"notice": 1}
    assert proofs["proven"] == 3
    assert code == 1


def test_a_folder_that_is_not_there_is_told(dataset_of, capsys, tmp_path):
    code, _, err = checked(capsys, dataset_of(WORDS), str(tmp_path / "none"))

    assert "cannot be listed" in err
    assert code != 0


def test_signs_of_markdown_are_not_among_the_words(dataset_of, folder, capsys):
    page = (
        "# News\n\n> We **could**\n> [swim](https://example.org/swim). The fare is \\[one] penny."
    )
    code, out, _ = checked(
        capsys, dataset_of(WORDS), folder(**{"mirror.txt": None, "mirror.md": page})
    )

    assert "5 quotations: 5 stand in a copy of their source" in out.splitlines()[-1]
    assert code == 0


def test_one_quotation_that_stands_is_one(dataset_of, folder, capsys):
    others = dict.fromkeys(PAGES, None) | {"notice.htm": PAGES["notice.htm"]}
    _, out, _ = checked(capsys, dataset_of(WORDS), folder(**others))

    assert out.splitlines()[-1].startswith("5 quotations: 1 stands in a copy of its source, ")
