"""Records as plain values, and back."""

import pytest

from explorer.record import model
from explorer.record.model import Ref
from explorer.seen import plain_form


@pytest.mark.parametrize("name", ["view", "shipped_view"])
def test_every_record_comes_back_as_it_was(name, request):
    for record in request.getfixturevalue(name).index.dataset.records():
        text = plain_form.written(plain_form.plain_form(record))
        back = plain_form.revived(record.ref, plain_form.read(text))
        assert plain_form.plain_form(back) == plain_form.plain_form(record)
        if not record.formerly:
            assert back == record


def test_a_field_that_says_nothing_is_not_in_a_form():
    source = model.Source(id="page", publisher="Gazette", title="The ferry", type="press")
    assert plain_form.plain_form(source) == {
        "publisher": "Gazette",
        "title": "The ferry",
        "type": "press",
    }


def test_a_form_of_another_version_of_the_program_is_no_record_but_no_error():
    assert plain_form.revived(Ref("quote", "words"), {"text": "Words."}) is None
    assert plain_form.revived(Ref("quote", "words"), {"text": 5, "speaker": []}) is None


def test_what_a_terminal_would_obey_is_taken_out_of_a_form():
    assert plain_form.read('{"text": "\\u001b[31mred"}') == {"text": "␛[31mred"}


@pytest.mark.parametrize(
    "text", ["[]", "5", "{", "[" * 5000 + "]" * 5000, '{"a":' * 20 + "1" + "}" * 20]
)
def test_what_is_no_form_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        plain_form.read(text)


def test_the_keys_of_references_are_of_no_other_kind_of_field():
    assert plain_form.REFERENCE_KEYS["speaker"] == "delegate"
    assert plain_form.REFERENCE_KEYS["sources"] == "source"
