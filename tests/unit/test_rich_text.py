"""An entry's text becomes paragraphs, lists and strong words, and nothing else."""

from __future__ import annotations

import pytest

from bot.channels.rich_text import Block, Words, read_blocks


def paragraph(*lines: str) -> Block:
    """Return a paragraph of plain lines."""
    return Block("paragraph", tuple((Words(line),) for line in lines))


def bullets(*items: str) -> Block:
    """Return a list of plain items."""
    return Block("list", tuple((Words(item),) for item in items))


TEXTS = {
    "nothing": ("", ()),
    "only blank lines": ("\n\n \n\n", ()),
    "one paragraph": ("Call a lawyer.", (paragraph("Call a lawyer."),)),
    "two paragraphs": ("One.\n\nTwo.", (paragraph("One."), paragraph("Two."))),
    "three blank lines": ("One.\n\n\n\nTwo.", (paragraph("One."), paragraph("Two."))),
    "lines of a browser": (
        "One.\r\n\r\nTwo.",
        (paragraph("One."), paragraph("Two.")),
    ),
    "numbered lines stay lines": (
        "1. Ask.\n2. Wait.",
        (paragraph("1. Ask.", "2. Wait."),),
    ),
    "a list": ("- one\n- two", (bullets("one", "two"),)),
    "a list under its sentence": (
        "Bring:\n- one\n- two\nThen go.",
        (paragraph("Bring:"), bullets("one", "two"), paragraph("Then go.")),
    ),
    "two lists": ("- one\n\n- two", (bullets("one"), bullets("two"))),
    "an empty item": ("- \n- two", (bullets("two"),)),
    "a dash without a space": ("-5 degrees", (paragraph("-5 degrees"),)),
    "a dash inside": ("well - maybe", (paragraph("well - maybe"),)),
    "asterisks that never close": ("2 ** 3", (paragraph("2 ** 3"),)),
    "one asterisk": ("a * b * c", (paragraph("a * b * c"),)),
    "strong around nothing": (
        "a****b",
        (Block("paragraph", ((Words("a"), Words("b")),)),),
    ),
    "strong words": (
        "Do **not** sign.",
        (
            Block(
                "paragraph",
                ((Words("Do "), Words("not", is_strong=True), Words(" sign.")),),
            ),
        ),
    ),
    "strong words in an item": (
        "- **Silence:** say so",
        (Block("list", ((Words("Silence:", is_strong=True), Words(" say so")),)),),
    ),
    "strong words, then a pair that never closes": (
        "**a** and **b",
        (Block("paragraph", ((Words("a", is_strong=True), Words(" and **b")),)),),
    ),
    "strong does not cross lines": ("**a\nb**", (paragraph("**a", "b**"),)),
    "markup stays words": (
        "<script>alert(1)</script>",
        (paragraph("<script>alert(1)</script>"),),
    ),
    "markup in strong words stays words": (
        "**<img src=x onerror=alert(1)>**",
        (
            Block(
                "paragraph",
                ((Words("<img src=x onerror=alert(1)>", is_strong=True),),),
            ),
        ),
    ),
    "a Markdown link stays words": (
        "[x](javascript:alert(1))",
        (paragraph("[x](javascript:alert(1))"),),
    ),
}


@pytest.mark.parametrize(("text", "blocks"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_taken_apart(text: str, blocks: tuple[Block, ...]) -> None:
    assert read_blocks(text) == blocks


@pytest.mark.parametrize("text", ["**" * 50_000, "- " * 50_000, "\n" * 100_000])
def test_a_long_hostile_text_is_read_at_once(text: str) -> None:
    assert len(read_blocks(text)) <= 1
