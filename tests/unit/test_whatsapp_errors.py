"""Each error of WhatsApp has one consequence; what is not known is tried again."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.channels.whatsapp_errors import Verdict, meaning, verdict

KNOWN: dict[Verdict, tuple[int, ...]] = {
    "stop": (0, 190, 368, 131031),
    "alarm": (
        *(10, 200, 250, 299, 131030, 131042, 131049, 131050),
        *(132001, 132015, 21655),
    ),
    "retry": (4, 80007, 130429, 131048, 131064, 131000, 131016, 63018),
    "pace": (131056,),
    "dead": (131026, 63024),
    "closed": (131047, 63016),
    "ignore": (131051, 131052, 131053),
    "phone": (131062,),
}


@pytest.mark.parametrize(
    ("code", "wanted"),
    [(code, wanted) for wanted, codes in KNOWN.items() for code in codes],
)
@pytest.mark.parametrize("http_status", [200, 400, 500])
def test_a_known_code_decides_whatever_the_status(
    code: int, wanted: Verdict, http_status: int
) -> None:
    assert verdict(code, http_status) == wanted
    assert meaning(code) != meaning(None)


@pytest.mark.parametrize(
    ("code", "http_status", "wanted"),
    [
        (None, 0, "retry"),
        (None, 408, "retry"),
        (None, 429, "retry"),
        (None, 500, "retry"),
        (None, 503, "retry"),
        (None, 400, "dead"),
        (None, 404, "dead"),
        (None, 401, "stop"),
        (None, 403, "alarm"),
        (999999, 400, "retry"),
        (999999, 503, "retry"),
        (20003, 401, "stop"),
        (300, 400, "retry"),
        (-1, 400, "retry"),
    ],
)
def test_without_a_known_code_the_status_decides(
    code: int | None, http_status: int, wanted: Verdict
) -> None:
    assert verdict(code, http_status) == wanted


def test_every_verdict_is_given_by_some_code() -> None:
    assert set(KNOWN) == set(get_args(Verdict))
