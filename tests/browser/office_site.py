"""An office's website for the tests: another origin, its own styles and policy."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final

HOSTILE_CSS: Final = (
    "* { all: unset; display: block; font-size: 41px !important; color: pink;"
    " z-index: 2147483647; transform: rotate(1deg); }"
    " html { font-size: 60px; } legal-chat { display: none; opacity: 0; }"
    " .cover { position: fixed; inset: 0; background: yellow; }"
)
ATTRIBUTES: Final = (
    'data-language="es" data-position="left" data-open="open"'
    ' data-exit="about:blank?left"'
)


class OfficeSite:
    """Serves pages under a strict policy: /plain, /twice (two script tags), /hostile.

    `server` is the assistant's address that the pages' script tag names.
    """

    def __init__(self, port: int) -> None:
        self.origin = f"http://localhost:{port}"
        self.server = ""
        self.reports: list[str] = []
        site = self

        class Pages(BaseHTTPRequestHandler):
            """Answers with the one page, in the form its address asks for."""

            def do_GET(self) -> None:
                """Serve a page or the hostile style sheet."""
                if self.path == "/hostile.css":
                    site._send(self, HOSTILE_CSS, "text/css")
                else:
                    site._send(self, site._page(self.path), "text/html")

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Pages)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def _page(self, path: str) -> str:
        hostile = path.startswith("/hostile")
        style = '<link rel="stylesheet" href="/hostile.css">' if hostile else ""
        cover = '<div class="cover">Sale!</div>' if hostile else ""
        tag = (
            f'<script async src="{self.server}/embed.js" data-context="mandamus"'
            ' data-accent="#7a1f5c"></script>'
        )
        if path == "/attributes":
            tag = tag.replace("async", "async " + ATTRIBUTES)
        tags = tag * (2 if path == "/twice" else 1)
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>Office</title>{style}{tags}</head>"
            f"<body><main><h1>Office</h1><p>Our office.</p></main>{cover}</body></html>"
        )

    def _send(self, to: BaseHTTPRequestHandler, text: str, kind: str) -> None:
        data = text.encode()
        to.send_response(200)
        to.send_header("Content-Type", f"{kind}; charset=utf-8")
        to.send_header("Content-Length", str(len(data)))
        # What docs/website.md tells offices to allow, and nothing more.
        to.send_header(
            "Content-Security-Policy",
            f"default-src 'self'; script-src 'self' {self.server}; "
            f"connect-src 'self' {self.server}; require-trusted-types-for 'script'",
        )
        to.end_headers()
        to.wfile.write(data)

    def __enter__(self) -> OfficeSite:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
