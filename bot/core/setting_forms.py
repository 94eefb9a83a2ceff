"""How settings must look, which of them belong together, and what is said if not."""

from __future__ import annotations

from typing import Final

# Settings that must look like something, and what is said if they do not.
FORMS: Final = {
    "ALLOWED_ORIGINS": (
        r"\s*(https?://[^,]*)?(,\s*(https?://[^,]*)?)*",
        "each address must begin with https://",
    ),
    "NOTIFY_URLS": (
        r"[\s,]*([a-z][a-z0-9+.-]*://\S+([\s,]+|$))*",
        "each must be an address such as mailto://...",
    ),
    "WHATSAPP_TEMPLATE": (r"[a-z0-9_]{0,512}", "is not the name of a template"),
    "WHATSAPP_TEMPLATE_LANGUAGES": (
        r"(en|es)(_[A-Z]{2})?(\s*,\s*(en|es)(_[A-Z]{2})?)*",
        "must be languages such as en,es or en_US,es_MX",
    ),
    "TWILIO_TEMPLATE_SID": (r"(HX[0-9a-f]{32})?", "must be HX and 32 characters"),
}
# A way to WhatsApp is off while its own settings are empty; given, it must be whole.
PROVIDERS: Final = (
    (
        (
            "WHATSAPP_PHONE_NUMBER_ID",
            "WHATSAPP_TOKEN",
            "WHATSAPP_APP_SECRET",
            "WHATSAPP_VERIFY_TOKEN",
        ),
        (),
    ),
    (("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBER"), ("PUBLIC_URL",)),
)
