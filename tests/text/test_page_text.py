"""The words of a saved web page."""

from __future__ import annotations

import pytest

from explorer.text.page_text import TooManyTags, page_text


def words(html, encoding="utf-8"):
    return " ".join(page_text(html.encode(encoding)).split())


def test_a_page_is_what_its_reader_sees():
    assert (
        words(
            "<title>Tolls</title><style>p{color:red}</style><script>var a = '<p>no</p>'</script>"
            "<p>A <b>d</b>eal &amp; a&nbsp;h&ouml;pe&#8212;yes</p><p>two<br>lines</p><!-- no -->"
            "<template>no</template><ul><li>one<li>two</ul>"
        )
        == "Tolls A deal & a höpe—yes two lines one two"
    )


@pytest.mark.parametrize("encoding", ["gb2312", "windows-1252", "iso-8859-1", "big5", "utf-16"])
def test_a_page_is_read_as_it_says_that_it_is_written(encoding):
    text = "关税" if encoding.startswith("gb") else "關稅" if encoding == "big5" else "Zölle"

    assert text in words(f'<meta charset="{encoding}"><p>{text}</p>', encoding)


def test_a_page_that_says_nothing_or_what_is_no_encoding_is_read_all_the_same():
    assert words("<p>Zölle</p>") == "Zölle"
    assert words("<p>Zölle</p>", "cp1252") == "Zölle"
    assert words('<meta charset="nonsense"><p>Zölle</p>') == "Zölle"
    assert words('<meta charset="rot13"><p>Zölle</p>') == "Zölle"


@pytest.mark.parametrize("html", ["", "<", "<p", "&#x110000;", "<p>\x00</p>", "</p></p>"])
def test_what_is_hardly_a_page_is_read_too(html):
    assert isinstance(page_text(html.encode()), str)


def test_a_page_made_to_keep_its_reader_busy_is_refused():
    with pytest.raises(TooManyTags):
        page_text(b"<div>" * 200_000)
