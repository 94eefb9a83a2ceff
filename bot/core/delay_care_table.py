"""The rules for "gather", "risks" and "limits" of the delay check, with their law."""

from __future__ import annotations

from functools import partial
from typing import Final

from bot.core.delay_rule import Rule

_gather = partial(Rule, "gather")
_risks = partial(Rule, "risks")
_limits = partial(Rule, "limits")

_PAPERS, _RISKS = "mandamus_evidence", "mandamus_risks"
_BEFORE, _LIMITS = "mandamus_before_filing", "what_is_mandamus"
_AT_USCIS: Final = "uscis citizenship unknown"
_SUIT_FOR_DECISION: Final = "uscis visa unknown"
_COURT_FEE: Final = {"fact_fee": "filing_fee_district_court"}
_GATHER: Final = (
    _gather(
        *("delay_gather_receipt", "usc-28-1361 trac-v-fcc", "1.6 no. 3, 11", _PAPERS),
        roads=_SUIT_FOR_DECISION,
    ),
    _gather(
        *("delay_gather_citizenship", "usc-8-1447", "1.6 no. 13", "delay_n400_after"),
        roads="citizenship",
    ),
    _gather(
        *("delay_gather_refusal", "state-visa-refusals", "1.6 no. 17"),
        "delay_consular",
        roads="visa",
        unless="no:interview",
    ),
    _gather(
        *("delay_gather_nvc", "state-nvc-timeframes", "1.15 no. 125", "delay_nvc"),
        roads="visa",
        unless="happened:interview",
    ),
    _gather(
        *("delay_gather_foia", "usc-5-552", "1.7 no. 6", "delay_foia"), roads="foia"
    ),
    _gather(
        *("delay_gather_court", "usc-8-1229", "1.5 no. 20", "removal_court_steps"),
        roads="court",
    ),
    _gather(
        *("delay_gather_notices", "trac-v-fcc", "1.6 no. 11", _PAPERS),
        unless="at:foia at:court happened:none",
    ),
    _gather(
        *("delay_gather_posted", "uscis-processing-times", "1.6 no. 34"),
        "processing_times",
        roads=_AT_USCIS,
    ),
    _gather(
        *("delay_gather_asked", "usc-5-555", "1.6 no. 22", None),
        says=("asked_tried",),
    ),
    _gather(
        *("delay_gather_harm", "trac-v-fcc", "1.6 no. 11", _PAPERS),
        roads="uscis citizenship visa unknown",
    ),
    _gather(
        *("delay_gather_rfe", "uscis-pa-2026-05", "1.6 no. 24", _PAPERS),
        needs="happened:rfe",
    ),
    _gather(
        *("delay_try_inquiry", "uscis-processing-times", "1.6 no. 34", _BEFORE),
        roads=_AT_USCIS,
        unless="tried:inquiry",
    ),
    _gather(
        *("delay_try_consulate", "state-visa-refusals", "1.15 no. 125"),
        "delay_consular",
        roads="visa",
        unless="tried:inquiry",
    ),
    _gather(
        *("delay_try_congress", "", "1.6 no. 22", _BEFORE),
        roads="uscis citizenship visa unknown",
        unless="tried:congress",
    ),
    _gather(
        *("delay_try_ombudsman", "cis-ombudsman", "1.6 no. 34", _BEFORE),
        roads=_AT_USCIS,
        unless="tried:ombudsman",
    ),
    _gather(
        *("delay_try_expedite", "uscis-expedite", "1.6 no. 34", "expedite_request"),
        roads=_AT_USCIS,
        unless="tried:expedite",
    ),
    _gather(
        *("delay_try_law", "darby-v-cisneros heckler-v-ringer", "1.6 no. 4, 22"),
        _BEFORE,
        roads=_SUIT_FOR_DECISION,
    ),
    _gather("delay_gather_end", "", "1.13", None),
)
_RISK_ROWS: Final = (
    _risks(
        *("delay_risk_denial", "uscis-policy-memoranda", "1.6 no. 24", _RISKS),
        roads=_SUIT_FOR_DECISION,
    ),
    _risks(
        *("delay_risk_citizenship", "usc-8-1447 usc-8-1421", "1.6 no. 13"),
        "delay_n400_after",
        roads="citizenship",
    ),
    _risks(
        *("delay_risk_notice", "uscis-policy-memoranda", "1.6 no. 24", _RISKS),
        roads=_AT_USCIS,
        unless="filed:n400",
        is_volatile=True,
    ),
    _risks(
        *("delay_risk_notice_citizenship", "uscis-policy-memoranda", "1.6 no. 24"),
        _RISKS,
        filed="n400",
        roads=_AT_USCIS,
        is_volatile=True,
    ),
    _risks(
        *("delay_risk_record", "usc-8-1227", "1.6 no. 24", "delay_n400_after"),
        filed="n400",
        roads=_AT_USCIS,
    ),
    _risks(
        *("delay_risk_proof", "uscis-pa-2026-05", "1.6 no. 24", _RISKS),
        roads=_AT_USCIS,
        is_volatile=True,
    ),
    _risks(
        *("delay_risk_grace", "uscis-policy-memoranda", "1.6 no. 27", _RISKS),
        roads="uscis",
        filed="i485",
        is_volatile=True,
    ),
    _risks(
        *("delay_risk_referral", "usc-8-1158 fr-2026-15190", "1.6 no. 28", _RISKS),
        roads="uscis",
        filed="i589",
        is_volatile=True,
    ),
    _risks(
        *("delay_risk_permit", "usc-8-1184", "1.6 no. 31", "delay_ead_other"),
        roads="uscis",
        filed="i765",
    ),
    _risks(
        *("delay_risk_refusal", "department-of-state-v-munoz", "1.6 no. 17"),
        "delay_consular",
        roads="visa",
    ),
    _risks(*("delay_risk_foia", "usc-5-552", "1.7 no. 15", "foia_risk"), roads="foia"),
    _risks(
        *("delay_risk_foia_date", "usc-8-1229a", "1.5 no. 20", "delay_foia"),
        roads="foia",
    ),
    _risks(
        *("delay_risk_missed", "usc-8-1229a", "1.5 no. 20", "missed_court"),
        roads="court",
    ),
    _risks(
        *("delay_risk_appeal", "cfr-8-1003-38 cfr-8-1003-8", "1.5 no. 7, 19"),
        "bia_appeal",
        roads="court",
        given={"fact_appeal": "bia_appeal_time", "fact_appeal_fee": "bia_appeal_fee"},
        is_volatile=True,
    ),
    _risks(
        *("delay_risk_lost", "usc-28-2412", "1.6 no. 12, 25", "mandamus_success"),
        roads="uscis",
    ),
    _risks(
        *("delay_risk_lost_agency", "usc-28-2412", "1.6 no. 12, 25"),
        "mandamus_success",
        roads="visa unknown",
    ),
    _risks(
        *("delay_risk_arrest", "usc-8-1226 usc-8-1255", "1.5 no. 23"),
        "pending_case_protection",
        roads="uscis court unknown",
        unless="filed:n400",
    ),
    _risks(
        *("delay_risk_travel", "usc-8-1182", "1.5 no. 22", "travel_risk"),
        roads="uscis visa court unknown",
        unless="filed:n400",
    ),
    _risks(
        *("delay_risk_punished", "first-amendment", "1.6 no. 24"),
        "mandamus_retaliation",
        roads="uscis citizenship visa unknown",
        unless="filed:i485 filed:i589 filed:i765",
    ),
    _risks(
        *("delay_risk_end", "", "1.13", None),
        roads="uscis citizenship visa unknown",
        is_spare=True,
    ),
)
_LIMIT_ROWS: Final = (
    _limits(
        *("delay_limit_yes", "usc-28-1361", "1.0 no. 2", _LIMITS),
        roads=_SUIT_FOR_DECISION,
    ),
    _limits(
        *("delay_limit_citizenship", "usc-8-1447", "1.6 no. 13", "delay_n400_after"),
        roads="citizenship",
    ),
    _limits(
        *("delay_limit_oath", "usc-8-1447", "1.6 no. 13", "delay_n400_after"),
        roads="citizenship",
    ),
    _limits(
        *("delay_limit_foia", "usc-5-552", "1.7 no. 6", "delay_foia"), roads="foia"
    ),
    _limits(
        *("delay_limit_court", "usc-28-1361 usc-8-1252", "1.5 no. 6, 18"),
        "removal_court_steps",
        roads="court",
        given={"fact_petition": "petition_for_review_time"},
    ),
    _limits(
        *("delay_limit_release", "usc-28-2241", "1.0 no. 2", None),
        roads="uscis citizenship visa court unknown",
        behind=_LIMITS,
    ),
    _limits(
        *("delay_limit_police", "usc-28-1361", "1.6 no. 6", None),
        roads=_SUIT_FOR_DECISION,
        behind=_LIMITS,
        is_spare=True,
    ),
    _limits(
        *("delay_limit_line", "usc-8-1255", "1.6 no. 14", None),
        roads="uscis visa",
        filed="i130 i485 visa",
        behind="delay_i130",
    ),
    _limits(
        *("delay_limit_yearly", "usc-8-1184", "1.6 no. 31", "delay_u_visa"),
        roads="uscis",
        filed="i918",
    ),
    _limits(
        *("delay_limit_denial", "usc-5-706", "1.6 no. 32", "mandamus_discretion"),
        roads="uscis citizenship unknown",
    ),
    _limits(
        *("delay_limit_time", "frcp-12", "1.6 no. 20", "mandamus_how_long"),
        roads="uscis citizenship visa unknown",
        given={"fact_answer": "government_answer_time"},
    ),
    _limits(
        *("delay_limit_fee", "usc-28-1914 usc-28-1915", "1.6 no. 21", "mandamus_cost"),
        roads="uscis citizenship visa unknown",
        given=_COURT_FEE,
        is_volatile=True,
    ),
    # The fee is the same for records; the entry on it speaks of mandamus.
    _limits(
        *("delay_limit_fee", "usc-28-1914 usc-28-1915", "1.6 no. 21", None),
        roads="foia",
        given=_COURT_FEE,
        is_volatile=True,
        behind="mandamus_cost",
    ),
    _limits(
        *("delay_limit_where_ny", "usc-28-1391", "1.6 no. 19", "mandamus_where_file"),
        roads="uscis visa unknown",
        needs="home:ny",
    ),
    _limits(
        *("delay_limit_where_nj", "usc-28-1391", "1.6 no. 19", "mandamus_where_file"),
        roads="uscis visa unknown",
        needs="home:nj",
    ),
    _limits(
        *("delay_limit_elsewhere", "", "office", "other_state"), needs="home:elsewhere"
    ),
    _limits(
        *("delay_limit_rate", "", "1.6 no. 23", "mandamus_success"),
        unless="at:court at:foia",
    ),
    _limits(
        *("delay_limit_rate", "", "1.6 no. 23", None),
        roads="foia",
        behind="mandamus_success",
    ),
    _limits("delay_limit_end", "", "1.13", None),
)
CARE_RULES: Final = (*_GATHER, *_RISK_ROWS, *_LIMIT_ROWS)
