"""One call of a webhook, and the ways in which it can arrive spoilt."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

import httpx

from tests.standins.serving import local_client

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
META, TWILIO = "X-Hub-Signature-256", "X-Twilio-Signature"


@dataclass(frozen=True)
class Call:
    """What a provider posts: give `body` and `headers` to any client."""

    body: bytes
    headers: dict[str, str]

    def post(self, url: str, client: httpx.Client | None = None) -> httpx.Response:
        """Post the call to a server that runs."""
        sender = client or local_client()
        return sender.post(url, content=self.body, headers=self.headers, timeout=10)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the fields of a form."""
        return parse_qsl(self.body.decode(), keep_blank_values=True)

    def truncated(self) -> Call:
        """Return the call with the end of its body lost."""
        return replace(self, body=self.body[:-2])

    def rewritten(self) -> Call:
        """Return the same data written otherwise, as a careless proxy does."""
        if self.headers["Content-Type"] == JSON:
            body = json.dumps(json.loads(self.body), indent=1, ensure_ascii=False)
        else:
            body = urlencode([(name, f"{value} ") for name, value in self.pairs()])
        return replace(self, body=body.encode())

    def unsigned(self) -> Call:
        """Return the call without its signature."""
        return replace(self, headers={"Content-Type": self.headers["Content-Type"]})

    def with_signature(self, signature: str) -> Call:
        """Return the call with another signature."""
        name = next(name for name in self.headers if name != "Content-Type")
        return replace(self, headers={**self.headers, name: signature})


def meta_call(content: object, secret: str) -> Call:
    """Return JSON as Meta writes and signs it: beyond ASCII only in escapes."""
    body = json.dumps(content, separators=(",", ":")).encode()
    return Call(body, {"Content-Type": JSON, META: meta_signature(body, secret)})


def meta_signature(body: bytes, secret: str, algorithm: str = "sha256") -> str:
    """Sign the raw bytes of a body as Meta does, or with an old algorithm."""
    digest = hmac.new(secret.encode(), body, algorithm).hexdigest()
    return f"{algorithm}={digest}"


def twilio_call(pairs: list[tuple[str, str]], url: str, token: str) -> Call:
    """Return a form as Twilio posts it to the address `url`."""
    signature = twilio_signature(pairs, url, token)
    return Call(urlencode(pairs).encode(), {"Content-Type": FORM, TWILIO: signature})


def twilio_signature(pairs: list[tuple[str, str]], url: str, token: str) -> str:
    """Sign an address and all fields, sorted by name, as Twilio documents it."""
    text = url + "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
