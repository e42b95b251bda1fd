"""Which known word is meant by one that is not known."""

from explorer.text.near_words import nearest


def test_the_likest_word_is_meant():
    assert nearest("speker", ["speaker", "source", "spoken"]) == "speaker"


def test_no_word_is_meant_that_is_not_like_it():
    assert nearest("zq", ["speaker", "source"]) == ""
    assert nearest("speker", ["speaker"], likeness=0.99) == ""


def test_of_very_many_words_those_are_looked_at_that_begin_or_end_alike():
    many = [f"source-{number}" for number in range(1000)]

    assert nearest("bay-newz-2031", [*many, "bay-news-2031"]) == "bay-news-2031"
