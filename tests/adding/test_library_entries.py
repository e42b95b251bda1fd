"""Whole libraries, as Zotero, Mendeley and EndNote export them: every entry as a source."""

from __future__ import annotations

import json

import pypandoc
import pytest
from tests import exported_files as exported

from explorer.adding import library_entries


def test_zotero_csl_json_loses_its_markup_and_keeps_who_what_and_when():
    pause, tolls = library_entries.csl(exported.ZOTERO_CSL)
    assert pause.fields == {
        "title": "A pause & no more: the Lantern deal",
        "publisher": "Strait Courier",
        "author": "Jan van der Moor; Courier staff",
        "address": "https://www.courier.example/ports/pause?utm_source=feed",
        "published": "2032-06-01",
        "language": "en",
        "type": "press",
        "checked": "2032-06-02",
    }
    assert pause.key == "moorePause2032"
    assert set(pause.left_out) == {"abstract", "note", "section"}
    assert tolls.fields["author"] == "Commission of Ports and Harbours"
    assert tolls.fields["published"] == "2032-05"
    # Its DOI would be lost with an address that does not show it.
    assert tolls.fields["address"] == "https://doi.org/10.5555/tolls.2032"
    assert tolls.doi == "10.5555/tolls.2032"


def test_zotero_biblatex_is_read_with_its_latex_and_its_institutions_whole():
    pause, tolls = library_entries.bibtex(exported.ZOTERO_BIBLATEX)
    assert pause.key == "moore_pause_2032"
    assert pause.fields["title"] == "A pause & no more"
    assert pause.fields["address"] == "https://www.courier.example/ports/pause%20now"
    assert pause.fields["author"] == "Jan van der Moor; Commission of Ports and Harbours"
    assert (pause.fields["type"], pause.fields["language"]) == ("press", "en")
    assert tolls.fields["address"] == "https://doi.org/10.5555/tolls.2032"


def test_mendeley_bibtex_may_have_a_key_twice_and_words_before_the_first_entry():
    pause, after = library_entries.bibtex(exported.MENDELEY_BIBTEX)
    assert pause.fields["address"] == "https://www.courier.example/ports/pause_now"
    assert pause.fields["author"] == "Jan Moor; Wai-lan Tam"
    assert pause.fields["published"] == "2032-06"
    assert after.fields["title"] == "What comes next"
    assert (pause.key, after.key) == ("Moor2032", "Moor2032")


@pytest.mark.parametrize("change", [str, lambda text: text.replace("\n", "\r\n")])
def test_zotero_ris_is_read_entry_by_entry(change):
    pause, tolls = library_entries.ris(change(exported.ZOTERO_RIS))
    assert pause.place == "line 1"
    assert pause.fields["author"] == "Jan van der Moor; Courier staff"
    assert pause.fields["checked"] == "2032-06-02"
    assert tolls.fields["published"] == "2032-05"
    assert tolls.doi == "10.5555/tolls.2032"


def test_endnote_ris_says_the_day_beside_the_year():
    (pause,) = library_entries.ris(exported.ENDNOTE_RIS)
    assert pause.fields["published"] == "2032-06-01"
    assert pause.fields["author"] == "Jan Moor; Commission of Ports and Harbours"
    assert pause.fields["language"] == "en"


def test_an_entry_that_is_not_whole_keeps_no_other_from_being_read():
    broken = "@misc{a, title={no end\n" + exported.ZOTERO_BIBLATEX
    wrong, *others = library_entries.bibtex(broken)
    assert (wrong.place, bool(wrong.trouble)) == ("line 1", True)
    assert [entry.key for entry in others] == ["moore_pause_2032", "noauthor_tolls_2032"]
    cut = "TY  - NEWS\nTI  - Cut\n" + exported.ENDNOTE_RIS
    assert [entry.fields["title"] for entry in library_entries.ris(cut)] == [
        "Cut",
        "A pause and no more",
    ]
    assert [bool(e.trouble) for e in library_entries.csl('[1, {"title": "T"}]')] == [True, False]


@pytest.mark.parametrize("to", ["biblatex", "bibtex", "csljson"])
def test_what_pandoc_makes_of_a_library_says_the_same(to):
    library = exported.ZOTERO_CSL.replace(" &amp;", "")
    made = pypandoc.convert_text(library, to, "csljson")
    read = library_entries.csl if to == "csljson" else library_entries.bibtex
    kept = ("title", "published", "author")
    expected = [
        {key: entry.fields[key].casefold() for key in kept}  # pandoc writes titles in capitals
        for entry in library_entries.csl(library)
    ]
    if to == "bibtex":  # which knows no day
        expected[0]["published"] = "2032-06"
    found = [{key: entry.fields[key].casefold() for key in kept} for entry in read(made)]
    assert found == expected


def test_many_entries_are_read_by_their_number_and_not_its_square():
    item = json.loads(exported.ZOTERO_CSL)[0]
    many = json.dumps([{**item, "title": f"Title {n}"} for n in range(3000)])
    assert sum(1 for _ in library_entries.csl(many)) == 3000
    assert sum(1 for _ in library_entries.ris(exported.ENDNOTE_RIS * 3000)) == 3000


ENDNOTE_BIBTEX = r"""@string{fs = {First String}}
@article{
   author = {Bown, Chad P.},
   title = {Tolls: an up-to-date chart},
   journal = {Charts},
   year = {2032},
   type = {Web Page}
}
@article{
   author = {{Strait Commission}},
   title = {Another},
   journal = fs,
   year = {2032}
}
"""


def test_endnote_bibtex_has_no_keys_and_is_read_all_the_same():
    first, second = library_entries.bibtex(ENDNOTE_BIBTEX)
    assert (first.fields["title"], first.fields["author"]) == (
        *("Tolls: an up-to-date chart", "Chad P. Bown"),
    )
    assert (second.fields["publisher"], second.trouble, second.key) == ("First String", "", "")


@pytest.mark.parametrize(
    ("author", "read"),
    [
        (r"M{\"u}ller, J{\"o}rg and \L{}ukasz Kowalski", "Jörg Müller; Łukasz Kowalski"),
        (r"\O stergaard, Bo and others", "Bo Østergaard"),
        ("family=Beer, given=Jan, prefix=de, useprefix=true", "Jan de Beer"),
        ("王, 小明 and {商务部}", "王小明; 商务部"),
        (
            r"{World Trade Organization} and Garc{\'\i}a, Jos{\'e}",
            "World Trade Organization; José García",
        ),
    ],
)
def test_names_in_bibtex_are_those_of_people_and_bodies(author, read):
    (entry,) = library_entries.bibtex(f"@misc{{a, title={{T}}, author = {{{author}}}}}")
    assert entry.fields["author"] == read


def test_names_of_east_asia_have_the_family_first():
    (entry,) = library_entries.csl(
        '[{"title": "T", "author": [{"family": "何", "given": "立峰"}]}]'
    )
    assert entry.fields["author"] == "何立峰"
    (entry,) = library_entries.ris("TY  - NEWS\nTI  - T\nAU  - 林, 芳正\nER  - \n")
    assert entry.fields["author"] == "林芳正"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            '[{"title": "T", "author": [{"literal": "Strait Commission"}]}]',
            library_entries.csl,
        ),
        ("@misc{a, title={T}, author={{Strait Commission}}}", library_entries.bibtex),
        ("TY  - RPRT\nTI  - T\nAU  - Strait Commission,\nER  - \n", library_entries.ris),
    ],
)
def test_a_body_that_wrote_something_is_known_as_one(text, read):
    (entry,) = read(text)
    assert entry.body == "Strait Commission"


def test_formulas_are_printed_and_proceedings_publish_what_is_in_them():
    (entry,) = library_entries.bibtex(
        r"@inproceedings{a, title={The $\alpha$ of CO$_2$}, booktitle={Proceedings of X}}"
    )
    assert entry.fields == {"title": "The α of CO_2", "publisher": "Proceedings of X"}


@pytest.mark.parametrize(
    ("url", "address", "is_left"),
    [
        ("www.courier.example/a", "https://www.courier.example/a", False),
        ("courier.example/a", "https://courier.example/a", False),
        ("javascript:alert(1)", "", True),
        ("https://me:secret@courier.example/a", "", True),
        ("file:///home/me/a.pdf", "", True),
        ("", "", False),
    ],
)
def test_an_address_that_cannot_be_opened_is_left_out_and_that_is_said(url, address, is_left):
    (entry,) = library_entries.csl(json.dumps([{"title": "T", "URL": url}]))
    assert entry.fields.get("address", "") == address
    assert ("is left out" in entry.remark) == is_left


def test_what_is_no_ris_has_no_entries():
    assert list(library_entries.ris("nothing\nof it")) == []
