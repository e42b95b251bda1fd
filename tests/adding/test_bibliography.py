"""A source as it is pasted: addresses, and entries as reference managers export them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.adding import bibliography
from explorer.text import urls

CSL = json.dumps(
    [
        {
            "id": "http://zotero.org/users/1/items/ABCD1234",
            "type": "article-newspaper",
            "abstract": "Both sides …",
            "container-title": "South China Morning Post",
            "language": "en-GB",
            "section": "China",
            "title": "‘Very basic consensus’ reached in Kuala Lumpur",
            "URL": "https://www.scmp.com/news/china/article/3330000/consensus?module=top_story&pgtype=homepage",
            "author": [{"family": "Bermingham", "given": "Finbarr"}, {"literal": "SCMP Reporters"}],
            "accessed": {"date-parts": [["2026", 1, 5]]},
            "issued": {"date-parts": [["2025", 10, 26]]},
        }
    ],
    indent="\t",
    ensure_ascii=False,
)
BIBLATEX = r"""
@online{bermingham_very_2025,
	title = {‘{Very} basic consensus’ \& more: {\"O}resund talks},
	url = {https://www.scmp.com/news/china_100\%20/article/3330000/very-basic-consensus},
	journaltitle = {South China Morning Post},
	author = {Bermingham, Finbarr and {SCMP Reporters}},
	urldate = {2026-01-05},
	date = {2025-10-26},
	langid = {english},
	file = {Snapshot:/home/me/Zotero/storage/X/consensus.html:text/html},
}
"""
BIBTEX = r"""@misc{ministry_spokesperson_2025,
  author = {{Ministry of Commerce}},
  title = "Spokesperson's Remarks",
  howpublished = "\url{https://english.mofcom.gov.cn/art/2025/x_1.html}",
  publisher = {MOFCOM},
  year = 2025,
  month = oct,
}"""
RIS = """TY  - NEWS
TI  - ‘Very basic consensus’ reached in Kuala Lumpur
AU  - Bermingham, Finbarr
AU  - SCMP Reporters
T2  - South China Morning Post
AB  - Both sides said
so on two lines.
DA  - 2025/10/26/
PY  - 2025
LA  - en
UR  - https://www.scmp.com/news/china/article/3330000/consensus
Y2  - 2026/01/05/
ER  -

"""


def test_csl_json_fills_a_source():
    assert bibliography.read(CSL) == {
        "title": "‘Very basic consensus’ reached in Kuala Lumpur",
        "publisher": "South China Morning Post",
        "author": "Finbarr Bermingham; SCMP Reporters",
        "address": "https://www.scmp.com/news/china/article/3330000/consensus?module=top_story&pgtype=homepage",
        "published": "2025-10-26",
        "language": "en",
        "type": "press",
    }


@pytest.mark.parametrize(
    ("issued", "day"),
    [
        ({"date-parts": [[2025, 10, 26]]}, "2025-10-26"),
        ({"date-parts": [[2025, 10]]}, "2025-10"),
        ({"date-parts": [["2025"]]}, "2025"),
        ({"raw": "2025-10-26"}, "2025-10-26"),
        ({"literal": "soon"}, ""),
        ({"date-parts": [[2025, 13, 45]]}, "2025"),
        ({"date-parts": [[]]}, ""),
        ({}, ""),
    ],
)
def test_csl_json_says_the_day_as_far_as_it_is_known(issued, day):
    found = bibliography.read(json.dumps({"title": "T", "issued": issued}))

    assert found.get("published", "") == day


def test_a_description_without_a_headline_is_described():
    found = bibliography.read(json.dumps({"type": "webpage", "genre": "Notice of the ministry"}))

    assert found["title"] == "Notice of the ministry"
    assert found["described"] == "yes"


def test_biblatex_fills_a_source_with_its_latex_read_and_its_address_kept():
    found = bibliography.read(BIBLATEX)

    assert found["title"] == "‘Very basic consensus’ & more: Öresund talks"
    assert found["publisher"] == "South China Morning Post"
    assert found["author"] == "Finbarr Bermingham; SCMP Reporters"
    assert found["published"] == "2025-10-26"
    assert (
        found["address"]
        == "https://www.scmp.com/news/china_100%20/article/3330000/very-basic-consensus"
    )


def test_bibtex_of_old_fills_a_source():
    found = bibliography.read(BIBTEX)

    assert found == {
        "title": "Spokesperson's Remarks",
        "publisher": "MOFCOM",
        "author": "Ministry of Commerce",
        "address": "https://english.mofcom.gov.cn/art/2025/x_1.html",
        "published": "2025-10",
    }


@pytest.mark.parametrize("change", [str, lambda text: text.replace("\n", "\r\n"), str.strip])
def test_ris_fills_a_source_however_its_lines_end(change):
    found = bibliography.read(change(RIS))

    assert found == {
        "title": "‘Very basic consensus’ reached in Kuala Lumpur",
        "publisher": "South China Morning Post",
        "author": "Finbarr Bermingham; SCMP Reporters",
        "address": "https://www.scmp.com/news/china/article/3330000/consensus",
        "published": "2025-10-26",
        "language": "en",
        "type": "press",
    }


def test_ris_that_was_cut_off_before_its_end_is_read():
    assert (
        bibliography.read("TY  - ELEC\nTI  - A page\nUR  - https://a.example/")["title"] == "A page"
    )


def test_braces_without_end_are_no_part_of_a_title():
    entry = "@misc{a, title = {" + "{" * 3000 + "x" + "}" * 3000 + "}}"

    assert bibliography.read(entry) == {"title": "x"}


def test_an_address_says_where_and_perhaps_when():
    assert bibliography.read(" https://www.reuters.com/world/china/deal-2025-10-26/\n") == {
        "address": "https://www.reuters.com/world/china/deal-2025-10-26/",
    }
    assert bibliography.read("https://a.example/2025/10/26/deal")["published"] == "2025-10-26"


@pytest.mark.parametrize(
    "text",
    [
        "He said so.",
        "https://user:secret@a.example/",
        "javascript:alert(1)",
        "{",
        "[]",
        "[1, 2]",
        "@",
        "@online{x",
        "TY  - ",
        '{"title": 1e999, "URL": []}',
        "[" * 50_000,
        "{" * 2000 + "}" * 2000,
        "@misc{a, title = " + "{" * 20_000,
        "@misc{a, title = {$" + r"\frac{" * 2000 + "}}",
        "x" * (bibliography.LONGEST + 1),
        "9" * 5000,
        '{"title":' + "9" * 5000 + "}",
    ],
)
def test_what_is_no_source_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        bibliography.read(text)


@given(st.sampled_from([CSL, BIBLATEX, BIBTEX, RIS]), st.data())
def test_a_damaged_entry_says_only_what_a_line_can_hold(entry, data):
    start = data.draw(st.integers(0, len(entry)))
    stop = data.draw(st.integers(start, len(entry)))
    inside = data.draw(st.text(max_size=20) | st.sampled_from(["\x1b[31m", "\x00", "{", "}", '"']))
    try:
        found = bibliography.read(entry[:start] + inside + entry[stop:])
    except ValueError:
        return
    assert found
    for value in found.values():
        assert value
        assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in value)
    assert not urls.why_not(found.get("address", "https://a.example/"))


@given(st.text(max_size=200))
def test_anything_pasted_is_a_source_or_is_refused(text):
    try:
        found = bibliography.read(text)
    except ValueError:
        return
    assert found


def test_what_is_pasted_is_known_for_a_source():
    for entry in (CSL, BIBLATEX, BIBTEX, RIS, "https://a.example/x"):
        assert bibliography.looks_like(entry)
    assert not bibliography.looks_like("We reached a consensus.")
    assert not bibliography.looks_like("reuters")


def test_how_a_page_was_published_may_say_by_whom():
    entry = "@misc{a, title = {On talks}, howpublished = {%s}, url = {https://example.org/talks}}"
    assert bibliography.read(entry % "{Bay} Wire")["publisher"] == "Bay Wire"
    assert "publisher" not in bibliography.read(entry % r"\url{https://example.org/talks}")
    assert "publisher" not in bibliography.read(entry % "https://example.org/talks")


def test_a_title_in_brackets_is_a_description_and_one_with_brackets_in_it_is_none():
    described = bibliography.read("@online{a, title = {{[A page on the talks]}}}")
    headline = bibliography.read("@online{a, title = {{[Update] Talks [end]}}}")

    assert (described["title"], described["described"]) == ("A page on the talks", "yes")
    assert headline == {"title": "[Update] Talks [end]"}


def test_a_language_may_be_named_in_a_word():
    read = bibliography.read
    assert read("@online{a, title = {T}, langid = {chinese}}")["language"] == "zh"
    assert "language" not in read("@online{a, title = {T}, langid = {elvish}}")
