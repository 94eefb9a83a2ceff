"""The form of an entry goes out and in again without a letter being lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import ContentError
from bot.knowledge.entry_files import read_texts
from bot.knowledge.entry_form import EntryForm, FormText, form_of, texts_of
from bot.knowledge.entry_lines import field_of, status_of, with_fields
from bot.settings import PROJECT_ROOT

REAL = PROJECT_ROOT / "knowledge"
NAMES = sorted(
    f"{path.parent.name}/{path.name[:-6]}" for path in REAL.glob("*/*.en.md")
)
AWKWARD = (
    *("note: this", "yes", "null", "2026-02-31", "- a dash", "# a hash", "it's"),
    *('he said "no"', "[x]", "{{fact:a}}", "!tag", "%y", "@z", "`w`", "a # b", "287"),
    *(
        "👩‍👩‍👧 can we stay?",
        "back\\slash",
        "¿Qué? ñandú",
        "*star*",
        "&and",
        "~",
        "? why",
    ),
)
TEXT = FormText("Label", "A title?", "Short.", "More.", "Next.", AWKWARD)
FORM = EntryForm("rights", "a_thing", {"en": TEXT, "es": TEXT}, as_of="2026-07-15")


@pytest.mark.parametrize("name", NAMES)
def test_every_real_entry_comes_back_byte_for_byte(name: str) -> None:
    found = read_texts(REAL, name.split("/")[1])
    assert found is not None
    assert texts_of(form_of(found.texts, name)) == found.texts


def test_what_is_typed_comes_back_as_typed() -> None:
    assert form_of(texts_of(FORM), "rights/a_thing") == FORM


@given(st.text(), st.text())
@settings(max_examples=150, deadline=None)
def test_any_text_makes_a_file_that_gives_the_same_form_again(
    line: str, part: str
) -> None:
    typed = FormText(line, line, part, part, part, (line, "x"))
    form = replace(FORM, texts={"en": typed, "es": typed}, owner=line, as_of=line)
    texts = texts_of(form)
    assert texts_of(form_of(texts, "rights/a_thing")) == texts


def test_an_empty_form_can_be_kept_and_shown_again() -> None:
    empty = EntryForm("rights", "new", {"en": FormText(), "es": FormText()})
    assert form_of(texts_of(empty), "rights/new") == empty


def test_a_new_question_leaves_the_quotes_of_the_others() -> None:
    texts = texts_of(FORM)
    texts["en"] = texts["en"].replace("- it's", '- "it\'s"')
    form = form_of(texts, "rights/a_thing")
    more = replace(form.texts["en"], questions=(*AWKWARD, "one more"))
    out = texts_of(replace(form, texts={**form.texts, "en": more}))["en"]
    assert out == texts["en"].replace("\n---\n#", "\n  - one more\n---\n#")


def test_a_question_with_a_colon_and_no_quotes_is_shown_as_it_stands() -> None:
    texts = texts_of(FORM)
    texts["en"] = texts["en"].replace('"note: this"', "note: this")
    assert "note: this" in form_of(texts, "rights/a_thing").texts["en"].questions


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no fields",
        "---\n- a\n---\n# T",
        "---\nid: x\n---\n# T\nShort.",
        "---\na: [\n",
    ],
)
def test_a_text_that_is_no_entry_is_refused(text: str) -> None:
    texts = texts_of(FORM)
    with pytest.raises(ContentError):
        form_of({**texts, "es": text}, "rights/a_thing")


def test_a_missing_language_is_told() -> None:
    with pytest.raises(ContentError, match="no 'es' file"):
        form_of({"en": texts_of(FORM)["en"]}, "rights/a_thing")


@pytest.mark.parametrize(
    "text",
    [
        "---\nid: x\nstatus: draft\n---\n# T\n",
        "---\nas_of: [\nstatus: draft\nstatus: approved\n---\n",
        "---\nid: x\nowner: y\n---\n# T\n",
        "---\n---\n",
        "no fields at all\nstatus: draft",
        "---\nnever closed\n",
    ],
)
def test_the_status_can_be_changed_in_any_text(text: str) -> None:
    changed = with_fields(text, {"status": "withdrawn"})
    assert status_of(changed) == "withdrawn"
    assert with_fields(changed, {"status": None}).count("status: withdrawn") == 0


def test_fields_are_set_where_they_belong_and_taken_out_again() -> None:
    text = texts_of(FORM)["en"]
    approval = {"approved_by": "Ana 🦊: x", "approved_on": "2026-07-20"}
    changed = with_fields(text, approval)
    assert (
        'status: draft\napproved_by: "Ana 🦊: x"\napproved_on: 2026-07-20\n' in changed
    )
    assert field_of(changed, "approved_by") == "Ana 🦊: x"
    assert with_fields(changed, dict.fromkeys(approval)) == text


def test_a_field_that_is_a_block_is_taken_out_whole(tmp_path: Path) -> None:
    text = "---\nid: x\napproved_by: |\n  Ana\n  Eva\nowner: y\n---\n# T\n"
    assert (
        with_fields(text, {"approved_by": None}) == "---\nid: x\nowner: y\n---\n# T\n"
    )
