"""The tags of notes as a codebook: valid by its schema, tags within tags as codes within codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tests.exports.asking import text_of

from explorer.errors import UsageError
from explorer.exports import codebook
from explorer.notes import NoteStore, Words
from explorer.record.model import Ref
from explorer.view import View

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("refi_qda_codebook.xsd")))
SPACE = "{urn:QDA-XML:codebook:1.0}"


def noted(index, folder, *texts):
    store = NoteStore(folder, "harbour-talks")
    for text in texts:
        store.save(Ref("issue", "tolls"), Words(text), name="Tolls", note=None)
    return View(index, store.load())


def codes(view):
    text = text_of(view, "qdc", with_notes=True).encode()
    book = etree.fromstring(text)
    SCHEMA.assertValid(book)
    return book


def tree(code):
    return {child.get("name"): tree(child) for child in code if child.tag == f"{SPACE}Code"}


def test_a_tag_within_another_is_a_code_within_a_code(index, tmp_path):
    view = noted(index, tmp_path, "#watch #china/trade/soy", "#China/trade #änderung #中国")
    (book,) = codes(view)

    assert tree(book) == {
        "China": {"trade": {"soy": {}}},
        "watch": {},
        "änderung": {},
        "中国": {},
    } or tree(book) == {
        "china": {"trade": {"soy": {}}},
        "watch": {},
        "änderung": {},
        "中国": {},
    }


def test_a_code_keeps_its_guid_whatever_comes_to_it(index, tmp_path):
    (one,) = codes(noted(index, tmp_path / "one", "#watch"))
    (two,) = codes(noted(index, tmp_path / "two", "#abc #watch/closely"))

    (before,) = (code.get("guid") for code in one if code.get("name") == "watch")
    (after,) = (code.get("guid") for code in two if code.get("name") == "watch")
    assert before == after


def test_notes_without_a_tag_make_no_codebook(index, tmp_path):
    view = noted(index, tmp_path, "Nothing here.")

    with pytest.raises(UsageError, match="no note has a tag"):
        text_of(view, "qdc", with_notes=True)


def test_it_is_known_again_by_its_head(index, tmp_path):
    text = text_of(noted(index, tmp_path, "#watch"), "qdc", with_notes=True)

    assert codebook.is_ours(text.encode())
    assert not codebook.is_ours(text.replace("explorer", "Another").encode())
