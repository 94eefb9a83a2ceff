"""Whatever arrives where Meta's calls arrive is read or refused, never a crash."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any, Final

from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from bot.channels.whatsapp_cloud import parse
from bot.core.whatsapp import Webhook

PAYLOADS: Final = Path(__file__).parents[1] / "payloads" / "whatsapp_cloud"
OURS: Final = "100000000000001"
_CHEAP: Final = effort(max_examples=300, deadline=None, database=None, derandomize=True)
_NAMES: Final = st.sampled_from(
    [
        *("object", "entry", "changes", "value", "field", "metadata", "messages"),
        *("phone_number_id", "contacts", "statuses", "id", "timestamp", "type"),
        *("text", "body", "system", "interactive", "button_reply", "errors", "code"),
        *("from", "from_user_id", "user_id", "wa_id", "status", "context", "edit"),
    ]
)
_LEAVES: Final = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        [
            *("whatsapp_business_account", "messages", OURS, "text", "system"),
            *("interactive", "edit", "image", "failed", "1795262400", "US.1"),
        ]
    )
)
_JSON: Final = st.recursive(
    _LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=5)
    ),
    max_leaves=25,
)


@_CHEAP
@given(st.binary(max_size=200))
@example((PAYLOADS / "text.json").read_bytes())
def test_any_bytes_are_read_or_refused_with_a_value_error(body: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse(body, OURS), Webhook)


@_CHEAP
@given(st.lists(_JSON, max_size=3), st.lists(_JSON, max_size=3), _JSON, _JSON)
def test_any_json_in_metas_envelope_is_read(
    messages: list[Any], statuses: list[Any], contacts: Any, other: Any
) -> None:
    value = {"metadata": {"phone_number_id": OURS}, "contacts": contacts}
    value |= {"messages": messages, "statuses": statuses}
    changes = [{"field": "messages", "value": value}, other]
    call = {"object": "whatsapp_business_account"}
    body = json.dumps({**call, "entry": [{"changes": changes}, other]}).encode()
    webhook = parse(body, OURS)
    read = len(webhook.heard) + len(webhook.statuses) + webhook.unknown
    assert read >= len(messages) + len(statuses)


@_CHEAP
@given(_JSON)
def test_any_json_is_read_or_refused_with_a_value_error(data: Any) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse(json.dumps(data).encode(), OURS), Webhook)
