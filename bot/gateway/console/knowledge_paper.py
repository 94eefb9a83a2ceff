"""The paper of one entry that an attorney reads and signs, both languages beside."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.responses import Response

from bot.core.errors import ContentError
from bot.gateway.console.desk import ConsolePage, Visit, go_to
from bot.gateway.console.knowledge_desk import editing_of, entry_of
from bot.knowledge.draft_check import built_entry
from bot.services.editing import open_entry
from bot.services.sign_off import papers_of


async def save_paper(visit: Visit) -> Response:
    """Give the text that would be approved: the draft, or the files without one."""
    try:
        content = await asyncio.to_thread(_draw, visit)
    except (ContentError, KeyError):
        # The page of the entry names what is wrong, beside the field.
        return go_to(visit, f"/knowledge/{entry_of(visit)}", "knowledge.no_paper")
    name = f"{entry_of(visit)}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type="application/pdf")


def _draw(visit: Visit) -> bytes:
    # Takes a second to import, which no other page must pay.
    from bot.services.sign_off_pdf import write_pdf

    opened = open_entry(editing_of(visit), entry_of(visit))
    texts = opened.draft.texts if opened.draft else opened.texts
    entry = built_entry(opened.group, opened.entry, texts)
    knowledge = visit.world.shelf.current.with_entry(entry)
    now = knowledge.desk.local(visit.now)
    return write_pdf(papers_of([entry], knowledge, now.date()), now)


pages: Final = (
    ConsolePage("/knowledge/{entry}/sign-off.pdf", save_paper, "edit_knowledge"),
)
