"""Bytes as text, whichever program saved them and in whichever country."""

from __future__ import annotations

import pytest

from explorer.errors import UsageError
from explorer.intake import encodings


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Zitat;Sprecher\nWir möchten „faire“ Zölle;Müller\n"),
        ("utf-16", "Zitat\tSprecher\nWir möchten „faire“ Zölle\tMüller\n"),
        ("utf-16-le", "Quote\tSpeaker\nNo.\tMüller\n"),
        ("cp1252", "Zitat;Sprecher\nWir möchten „faire“ Zölle – ohne Frist;Müller\n"),
        ("cp1252", "Citation;Locuteur\n« L’être à côté, déjà vu » ;Noël, Œuvre française\n"),
        ("cp1252", "Name;Ort\nA;Köln\n"),
        ("mac_roman", "Zitat;Sprecher\nWir möchten „faire“ Zölle für alle;Müller\n"),
        ("gb18030", "引语,发言人\n中方的立场是一贯的，明确的。,何立峰\n"),
        ("gb18030", "Quote,Speaker\nWe want fair trade and nothing but that,何立峰\n"),
        ("big5", "引語,發言人\n中方的立場是一貫的，明確的。,何立峰\n"),
        ("cp932", "引用,発言者\n関税は受け入れられない,林芳正\n"),
        ("cp949", "인용,발언자\n우리는 관세에 반대한다,조태열\n"),
        ("cp1251", "Цитата;Спикер\nМы против пошлин;Лавров\n"),
    ],
)
def test_letters_are_those_that_were_typed(encoding, text):
    found, remark = encodings.decoded(text.encode(encoding))
    assert found == text
    assert bool(remark) == (encoding not in ("utf-8-sig", "utf-16"))


def test_somebody_may_say_how_it_is_written():
    text = "Cytat;Mówca\nŁączy nas Świat;Żółć\n"
    assert encodings.decoded(text.encode("cp1250"), encodings.known("Windows-1250")) == (text, "")
    with pytest.raises(UsageError, match="did you mean “cp1252”"):
        encodings.known("cp1225")
    with pytest.raises(UsageError, match="is no encoding"):
        encodings.known("base64")


def test_what_is_no_text_is_seen():
    assert not encodings.is_text(bytes(range(256)).decode("latin-1") * 8)
    assert encodings.is_text("Name;Ort\nA;Köln\x1b[0m\n")
