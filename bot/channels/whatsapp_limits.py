"""Every limit of WhatsApp that a message is held to; checked on 21 November 2026."""

from __future__ import annotations

from typing import Final

# Meta, Cloud API: developers.facebook.com/documentation/business-messaging/whatsapp.
# Characters are counted as UTF-16 units: no shorter way of counting is in use.
MAX_TEXT: Final = 4096
MAX_BODY_WITH_CHOICES: Final = 1024
MAX_BUTTONS: Final = 3
MAX_BUTTON_TITLE: Final = 20
MAX_ROWS: Final = 10
MAX_ROW_TITLE: Final = 24
MAX_ROW_DESCRIPTION: Final = 72
MAX_LIST_LABEL: Final = 20

# Twilio: twilio.com/docs/api/errors/21617, for every channel.
MAX_TWILIO_TEXT: Final = 1600

# Meta: free answers for so long after a person's last message; only one message in so
# many seconds to the same person, after a short burst.
WINDOW_HOURS: Final = 24
PAIR_SECONDS: Final = 6
PAIR_BURST: Final = 5
# A number may send 80 a second; each of two gateways takes half.
MOST_PER_SECOND: Final = 40
