"""Writes entries as one page that prints well, for an attorney to read and sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final

from bot.channels.rich_text import Block, read_blocks
from bot.services.sign_off import Paper

# The foot of a table is printed on each page that the table reaches.
_STYLE: Final = """
@page { size: letter; margin: 16mm 14mm; }
body { font: 10.5pt/1.4 "DejaVu Sans", Verdana, sans-serif; color: #111; margin: 0;
  padding: 1em; overflow-wrap: anywhere; }
h1 { font-size: 15pt; margin: 0 0 .3em; }
h2 { font-size: 12pt; margin: 0; }
h3 { font-size: 10.5pt; margin: 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; margin: 2em 0; }
table.entry { break-after: page; }
td, th { border: 1px solid #777; padding: .35em .6em; text-align: left;
  vertical-align: top; font-weight: normal; }
th[scope=colgroup] { background: #eee; }
tfoot td { font: 8pt monospace; border: 0; border-top: 1px solid #777; }
p, ul { margin: .2em 0 .5em; } ul { padding-left: 1.2em; }
.line { height: 2.6em; vertical-align: bottom; }
@media print { a { color: inherit; text-decoration: none; } body { padding: 0; } }
"""


def write_html(papers: Sequence[Paper], today: date) -> str:
    """Return the whole page: no script, nothing loaded from elsewhere."""
    names = "".join(
        f'<li><a href="#{escape(paper.id)}">{escape(paper.english_title)}</a></li>'
        for paper in papers
    )
    title = f"Texts for review, {today}"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><p>{_count(papers)}. Facts are as of this day. The "
        "mark at the foot of each entry changes when its text, its sources or the "
        "state it holds for change.</p>"
        f"<ol>{names}</ol>{''.join(map(_entry, papers))}</body></html>\n"
    )


def _count(papers: Sequence[Paper]) -> str:
    return "1 entry" if len(papers) == 1 else f"{len(papers)} entries"


def _entry(paper: Paper) -> str:
    facts = " \u00b7 ".join(map(escape, paper.facts))
    rows = [
        f'<tr><th scope="col">English</th><th scope="col">Espa\u00f1ol</th></tr>'
        f'<tr><td lang="en"><h2>{escape(paper.english_title)}</h2></td>'
        f'<td lang="es"><h2>{escape(paper.spanish_title)}</h2></td></tr>'
    ]
    for part in paper.parts:
        rows.append(_heading(part.heading))
        rows.append(
            f'<tr><td lang="en">{_text(part.english)}</td>'
            f'<td lang="es">{_text(part.spanish)}</td></tr>'
        )
    for heading, lines in (("Sources", paper.sources), ("Figures", paper.figures)):
        if lines:
            items = "".join(f"<li>{escape(line)}</li>" for line in lines)
            rows.append(f'{_heading(heading)}<tr><td colspan="2"><ul>{items}</ul></td>')
            rows.append("</tr>")
    return (
        f'<table class="entry" id="{escape(paper.id)}"><thead><tr>'
        f'<th colspan="2">{escape(paper.id)}<br>{facts}</th></tr></thead>'
        f'<tfoot><tr><td colspan="2">{escape(paper.foot)}</td></tr></tfoot>'
        f"<tbody>{''.join(rows)}{_signature()}</tbody></table>"
    )


def _heading(text: str) -> str:
    return f'<tr><th colspan="2" scope="colgroup"><h3>{escape(text)}</h3></th></tr>'


def _signature() -> str:
    return (
        f"{_heading('Read and approved')}"
        '<tr><td class="line">Name:</td><td class="line">Date:</td></tr>'
        '<tr><td class="line" colspan="2">Signature:</td></tr>'
    )


def _text(text: str) -> str:
    return "".join(map(_block, read_blocks(text))) or "<p>-</p>"


def _block(block: Block) -> str:
    lines = [
        "".join(
            f"<strong>{escape(words.text)}</strong>"
            if words.is_strong
            else escape(words.text)
            for words in line
        )
        for line in block.lines
    ]
    if block.kind == "list":
        return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
    return f"<p>{'<br>'.join(lines)}</p>"
