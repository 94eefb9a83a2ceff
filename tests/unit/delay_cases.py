"""Answers of the delay check that show each line of its tables, and that do not."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Final

from bot.core.delay import POSSIBLE, applies

Answers = Mapping[str, str]
USCIS: Final = {"where": "uscis"}
I485: Final = {"filed": "i485", **USCIS}
I130: Final = {"filed": "i130", **USCIS}
I589: Final = {"filed": "i589", **USCIS}
N400: Final = {"filed": "n400", **USCIS, "happened": "biometrics"}
CITIZEN: Final = {"filed": "n400", **USCIS, "happened": "interview"}
I751, I765 = {"filed": "i751"}, {"filed": "i765"}
I601A, I918 = {"filed": "i601a"}, {"filed": "i918"}
VISA: Final = {"filed": "visa"}
SEEN: Final = {"filed": "visa", "happened": "interview"}
UNSEEN: Final = {"filed": "visa", "happened": "none"}
FOIA, COURT = {"filed": "foia"}, {"filed": "court"}
DENIED: Final = {"denied": "yes"}
OTHER: Final = {"filed": "other", "where": "unknown"}

ROAD_CASES: Final[tuple[tuple[Answers, str], ...]] = (
    (I485, "uscis"),
    ({"filed": "i485", "where": "fbi"}, "uscis"),
    ({"filed": "i485", "where": "unknown"}, "uscis"),
    ({"filed": "i485", "where": ""}, "uscis"),
    ({"filed": "i485", "where": "court"}, "court"),
    ({"filed": "i130", "where": "consulate"}, "visa"),
    ({"filed": "i130", "where": "consulate", "happened": "interview"}, "visa"),
    ({"filed": "other", "where": "uscis"}, "uscis"),
    ({"filed": "other", "where": "fbi"}, "uscis"),
    ({"filed": "other", "where": "foia"}, "foia"),
    ({"filed": "", "where": "uscis"}, "uscis"),
    (N400, "uscis"),
    (CITIZEN, "citizenship"),
    ({"filed": "n400", "where": "fbi", "happened": "interview"}, "citizenship"),
    (I751, "uscis"),
    (I765, "uscis"),
    (I601A, "uscis"),
    (I918, "uscis"),
    (VISA, "visa"),
    (FOIA, "foia"),
    (COURT, "court"),
    (OTHER, "unknown"),
    ({"filed": "", "where": ""}, "unknown"),
    ({}, "unknown"),
)

# Key, page, answers that bring the line, and answers that do not (None: it always is).
BRANCHES: Final[tuple[tuple[str, str, Answers, Answers | None], ...]] = (
    ("delay_waited_denied", "waited", {**I485, **DENIED}, I485),
    ("delay_waited_time", "waited", {"since": "2024-03"}, {"since": ""}),
    ("delay_waited_unsaid", "waited", {"since": ""}, {"since": "2024-03"}),
    ("delay_waited_unknown", "waited", OTHER, I485),
    ("delay_waited_who_has_it", "waited", {"filed": "i485"}, I485),
    ("delay_waited_fbi", "waited", {"filed": "i485", "where": "fbi"}, I485),
    ("delay_waited_citizenship", "waited", CITIZEN, N400),
    ("delay_waited_count_back", "waited", CITIZEN, N400),
    ("delay_waited_no_interview", "waited", N400, CITIZEN),
    ("delay_waited_interview_unsaid", "waited", {**N400, "happened": ""}, N400),
    ("delay_waited_no_time", "waited", I130, I751),
    ("delay_waited_permit", "waited", I765, I485),
    ("delay_waited_conditions", "waited", I751, I485),
    ("delay_waited_asylum", "waited", I589, {**I589, "where": "court"}),
    ("delay_waited_u_visa", "waited", I918, I601A),
    ("delay_waited_visa", "waited", VISA, SEEN),
    ("delay_waited_refusal", "waited", VISA, UNSEEN),
    ("delay_waited_foia", "waited", FOIA, I485),
    ("delay_waited_court", "waited", COURT, I485),
    ("delay_waited_posted", "waited", I485, VISA),
    ("delay_waited_holds", "waited", I485, CITIZEN),
    ("delay_courts_unknown", "courts", OTHER, I485),
    ("delay_courts_uscis", "courts", I485, CITIZEN),
    ("delay_courts_visa", "courts", VISA, I485),
    ("delay_courts_refusal", "courts", VISA, UNSEEN),
    ("delay_courts_slot", "courts", UNSEEN, VISA),
    ("delay_courts_right", "courts", I485, COURT),
    ("delay_courts_duty", "courts", VISA, FOIA),
    ("delay_courts_duty_i130", "courts", I130, I485),
    ("delay_courts_duty_i485", "courts", I485, I130),
    ("delay_courts_duty_i601a", "courts", I601A, I130),
    ("delay_courts_duty_i918", "courts", I918, I130),
    ("delay_courts_duty_i751", "courts", I751, I130),
    ("delay_courts_other_way", "courts", OTHER, FOIA),
    ("delay_courts_trac", "courts", I485, CITIZEN),
    ("delay_trac_timetable", "courts", N400, I485),
    ("delay_trac_timetable_permit", "courts", I765, I485),
    ("delay_trac_timetable_none", "courts", I485, I751),
    ("delay_trac_timetable_asylum", "courts", I589, I485),
    ("delay_trac_timetable_conditions", "courts", I751, I485),
    ("delay_trac_rest", "courts", VISA, COURT),
    ("delay_courts_citizenship", "courts", CITIZEN, N400),
    ("delay_courts_examination", "courts", CITIZEN, N400),
    ("delay_courts_only_court", "courts", {**CITIZEN, "home": "ny"}, CITIZEN),
    (
        *("delay_courts_only_court_nj", "courts"),
        {**CITIZEN, "home": "nj"},
        {**CITIZEN, "home": "ny"},
    ),
    ("delay_courts_foia", "courts", FOIA, I485),
    ("delay_courts_foia_no", "courts", FOIA, I485),
    ("delay_courts_foia_why", "courts", FOIA, I485),
    ("delay_courts_judge", "courts", COURT, I485),
    ("delay_courts_hearing", "courts", COURT, I485),
    ("delay_courts_custody", "courts", COURT, I485),
    ("delay_courts_end", "courts", {}, None),
    ("delay_gather_receipt", "gather", I485, CITIZEN),
    ("delay_gather_citizenship", "gather", CITIZEN, I485),
    ("delay_gather_refusal", "gather", SEEN, UNSEEN),
    ("delay_gather_nvc", "gather", UNSEEN, SEEN),
    ("delay_gather_foia", "gather", FOIA, I485),
    ("delay_gather_court", "gather", COURT, I485),
    ("delay_gather_notices", "gather", CITIZEN, {**I485, "happened": "none"}),
    ("delay_gather_rfe", "gather", {**I485, "happened": "rfe"}, I485),
    ("delay_gather_posted", "gather", I485, VISA),
    ("delay_gather_asked", "gather", {}, None),
    ("delay_gather_harm", "gather", I485, COURT),
    ("delay_try_inquiry", "gather", I485, {**I485, "tried": "inquiry"}),
    ("delay_try_consulate", "gather", VISA, {**VISA, "tried": "inquiry"}),
    ("delay_try_congress", "gather", VISA, {**VISA, "tried": "congress"}),
    ("delay_try_ombudsman", "gather", I485, {**I485, "tried": "ombudsman"}),
    ("delay_try_expedite", "gather", I485, {**I485, "tried": "expedite lawyer"}),
    ("delay_try_law", "gather", I485, CITIZEN),
    ("delay_gather_end", "gather", {}, None),
    ("delay_risk_denial", "risks", I485, CITIZEN),
    ("delay_risk_citizenship", "risks", CITIZEN, N400),
    ("delay_risk_notice", "risks", I485, N400),
    ("delay_risk_notice_citizenship", "risks", N400, I485),
    ("delay_risk_record", "risks", CITIZEN, I485),
    ("delay_risk_proof", "risks", I485, VISA),
    ("delay_risk_grace", "risks", I485, I130),
    ("delay_risk_referral", "risks", I589, I130),
    ("delay_risk_permit", "risks", I765, I130),
    ("delay_risk_refusal", "risks", VISA, I485),
    ("delay_risk_foia", "risks", FOIA, I485),
    ("delay_risk_foia_date", "risks", FOIA, COURT),
    ("delay_risk_missed", "risks", COURT, I485),
    ("delay_risk_appeal", "risks", COURT, I485),
    ("delay_risk_lost", "risks", I485, CITIZEN),
    ("delay_risk_arrest", "risks", COURT, N400),
    ("delay_risk_travel", "risks", VISA, FOIA),
    ("delay_risk_punished", "risks", CITIZEN, I485),
    ("delay_risk_end", "risks", CITIZEN, COURT),
    ("delay_limit_yes", "limits", I485, FOIA),
    ("delay_limit_citizenship", "limits", CITIZEN, N400),
    ("delay_limit_oath", "limits", CITIZEN, N400),
    ("delay_limit_foia", "limits", FOIA, I485),
    ("delay_limit_court", "limits", COURT, I485),
    ("delay_limit_release", "limits", COURT, FOIA),
    ("delay_limit_police", "limits", VISA, COURT),
    ("delay_limit_line", "limits", VISA, I751),
    ("delay_limit_yearly", "limits", I918, I130),
    ("delay_limit_denial", "limits", I485, VISA),
    ("delay_limit_time", "limits", CITIZEN, FOIA),
    ("delay_limit_fee", "limits", FOIA, COURT),
    ("delay_limit_where_ny", "limits", {**I485, "home": "ny"}, I485),
    (
        *("delay_limit_where_nj", "limits"),
        {**I485, "home": "nj"},
        {**I485, "home": "ny"},
    ),
    ("delay_limit_elsewhere", "limits", {"home": "elsewhere"}, {"home": "ny"}),
    ("delay_limit_rate", "limits", I485, COURT),
    ("delay_limit_end", "limits", {}, None),
)

_HAPPENED: Final = ("", "none", "interview biometrics rfe transfer", "rfe transfer")
_TRIED: Final = ("", "none", "inquiry ombudsman congress expedite lawyer")


def _every() -> list[dict[str, str]]:
    """Return answers for every paper, office and place, short and long."""
    found = []
    for filed, where in product(("", *POSSIBLE["filed"]), ("", *POSSIBLE["where"])):
        for happened, tried, home in product(
            _HAPPENED, _TRIED, ("", *POSSIBLE["home"])
        ):
            told = {"filed": filed, "where": where, "since": "2024-09"}
            told |= {"happened": happened, "tried": tried, "home": home}
            if not home:
                told["since"] = ""
            if home == "ny":
                told |= DENIED
            found.append({f: v for f, v in told.items() if applies(f, told)})
    return [dict(t) for t in {tuple(sorted(a.items())) for a in found}]


EVERY: Final = _every()
