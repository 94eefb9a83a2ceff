"""An entry's marks become WhatsApp's, and nothing else in its text acts as a mark."""

from __future__ import annotations

import pytest

from bot.channels.whatsapp_text import cut_between_words, marked, size


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        ("Call a lawyer.", "Call a lawyer."),
        ("Do **not** sign.", "Do *not* sign."),
        ("- **Silence:** say so\n- Wait", "- *Silence:* say so\n- Wait"),
        ("One.\n\nTwo.\r\nThree.", "One.\n\nTwo.\nThree."),
        ("a ** b ** c", "a  *b*  c"),
        ("2 ** 3", "2  3"),
        ("My language is ____.", "My language is …."),
        ("form_number", "form_number"),
        ("about ~5 days, *soon*, `now`", "about 5 days, soon, now"),
        ("see https://law.example/~a__b*c", "see https://law.example/~a__b*c"),
        ("<b>x</b>", "<b>x</b>"),
        ("", ""),
    ],
    ids=[
        *("plain", "strong", "strong in a list", "line ends", "spaces inside marks"),
        *("marks that never close", "a blank to fill in", "an underscore"),
        *("WhatsApp's own marks", "an address", "HTML", "nothing"),
    ],
)
def test_a_text_is_marked_for_whatsapp(text: str, laid_out: str) -> None:
    assert marked(text) == laid_out


@pytest.mark.parametrize("most", range(1, 60))
@pytest.mark.parametrize(
    "text",
    [
        "Puede dejar la puerta cerrada y pedir la orden.",
        "👨‍👩‍👧 " * 20,
        "n\u0303" * 60,
        "x" * 100,
    ],
    ids=["words", "emoji", "accents", "letters"],
)
def test_a_cut_text_is_never_too_long_nor_ends_in_half_a_character(
    text: str, most: int
) -> None:
    short = cut_between_words(text, most)
    assert size(short) <= most
    kept = short.removesuffix("…")
    assert text.startswith(kept)
    assert not kept.endswith(("\u200d", "n"))
