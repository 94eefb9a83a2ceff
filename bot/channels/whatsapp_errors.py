"""What is to be done about each error of WhatsApp, as a table."""

from __future__ import annotations

from typing import Final, Literal

# retry: again later, a bounded number of times; pace: again, this person more slowly;
# phone: again to the phone number, if one is known; closed: the 24 hours are over;
# dead: this message never arrives; alarm: dead, and the operator must act;
# stop: send nothing more and keep the outbox until the operator has acted;
# ignore: nothing to do with what we send.
Verdict = Literal["retry", "pace", "phone", "closed", "dead", "alarm", "stop", "ignore"]

# Meta's error page of 15 May 2026 and Twilio's (63...): codes, verdict, what it means.
_TABLE: Final[tuple[tuple[tuple[int, ...], Verdict, str], ...]] = (
    ((0, 190), "stop", "the access token is invalid or has expired"),
    ((10, *range(200, 300)), "alarm", "a permission is missing"),
    ((4, 80007, 130429, 131048, 131064, 63018), "retry", "too many messages"),
    ((131056,), "pace", "too many messages to one person"),
    ((131000, 131016), "retry", "a passing fault at the provider"),
    ((131026, 63024), "dead", "the message cannot be delivered to this person"),
    ((131030,), "alarm", "the number is not on the list of test numbers"),
    ((131042,), "alarm", "payment is missing or failed"),
    ((131047, 63016), "closed", "more than 24 hours since the person wrote"),
    ((131049, 131050), "alarm", "sent as marketing, which must not happen"),
    ((131051, 131052, 131053), "ignore", "a kind of message or media not taken"),
    ((100, 131008, 131009), "alarm", "the message is not of the form that is taken"),
    ((*range(132000, 132017), 21655), "alarm", "the template is missing or paused"),
    ((131062,), "phone", "this message cannot go to an id, only to a number"),
    ((368, 131031), "stop", "the account is blocked"),
)
_RULES: Final[dict[int, tuple[Verdict, str]]] = {
    code: (todo, meant) for codes, todo, meant in _TABLE for code in codes
}


def verdict(code: int | None, http_status: int) -> Verdict:
    """Return what to do about a send that failed; `http_status` 0: no answer in time.

    A code that we do not know is tried again; it is given up after the retries.

    >>> verdict(131047, 400), verdict(None, 503), verdict(None, 400)
    ('closed', 'retry', 'dead')
    """
    if code in _RULES:
        return _RULES[code][0]
    if http_status == 401:
        return "stop"
    if http_status == 403:
        return "alarm"
    is_passing = http_status in (0, 408, 429) or http_status >= 500
    return "retry" if code is not None or is_passing else "dead"


def meaning(code: int | None) -> str:
    """Return what an error means, in words for the log.

    >>> meaning(190)
    'the access token is invalid or has expired'
    """
    return _RULES[code][1] if code in _RULES else "not in our table"
