import pytest

from explorer.text.scripts import by_language


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rare earths, “on hold”", [("Rare earths, “on hold”", "")]),
        (
            "Xinhua: 习近平同特朗普通电话, 17 Jan",
            [("Xinhua: ", ""), ("习近平同特朗普通电话", "zh"), (", 17 Jan", "")],
        ),
        ("会谈的日本語", [("会谈的日本語", "zh")]),
        ("日本との会談", [("日本との会談", "ja")]),
        ("گفتگو", [("گفتگو", "fa")]),
        ("مفاوضات", [("مفاوضات", "ar")]),
        ("Переговори і угода", [("Переговори і угода", "uk")]),
        ("한국 정부", [("한국 정부", "ko")]),
    ],
)
def test_words_of_another_script_are_known_by_it(text, found):
    assert list(by_language(text)) == found


def test_words_stay_together_over_what_stands_between_them():
    text = "双方:2025年5月14日前, 采取 24%"

    assert [words for words, code in by_language(text) if code] == ["双方:2025年5月14日前, 采取"]


def test_a_sign_in_greek_is_no_word():
    assert list(by_language("Δ of μ-opioids")) == [("Δ of μ-opioids", "")]


def test_nothing_of_a_text_is_lost():
    text = "“A” 中文 b, ¿και τώρα? — 會談 (x)"

    assert "".join(words for words, _ in by_language(text)) == text
