"""Staff read one request, take it, schedule it, note and close it; nothing is lost."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.consultations import State
from bot.core.staff import Role
from bot.gateway.console.request_page import contact_link
from bot.gateway.world import World
from bot.storage import consultations
from tests.gateway.console_requests import (
    ANSWERS,
    APPOINTMENT,
    CONSENT_VERSION,
    CONVERSATION,
    Clerk,
    actions_of,
    at_request,
    put_request,
    read_kept,
    sit_down,
)
from tests.gateway.test_plain_hostile import HOSTILE, outline

pytestmark = pytest.mark.asyncio
PAGE = "/requests/4F2K"
PERSONAL = ("name", "other_side", "address")


def steps_of(clerk: Clerk) -> list[str]:
    """Return what the page's forms would do."""
    values = [value for tag, _, value in clerk.page.attributes if tag == "input"]
    known = ["claim", "give_up", "schedule", "close", "mark_spam", "reopen", "note"]
    return [value for value in values if value in known]


async def test_the_page_shows_every_answer_and_the_consent(world: World) -> None:
    clerk = await at_request(world)
    assert clerk.response.status_code == 200
    for field in ("name", "other_side"):
        assert ANSWERS[field] in clerk.text
    for field in ("place", "matter", "reach", "message_ok", "kind", "times"):
        key = f"intake_choice_{field}_{ANSWERS[field]}"
        assert world.shelf.current.phrase(key, "en") in clerk.text
    for told in (CONSENT_VERSION, "I agree that staff read my answers.", "in English"):
        assert told in clerk.text
    assert "October 18, 2026" in clerk.text
    assert "details" in clerk.page.tags


async def test_the_page_speaks_spanish_to_whoever_reads_spanish(world: World) -> None:
    clerk = await at_request(world, language="es")
    for told in ("Solicitud R-4F2K", "Lo que respondió la persona", "la miró"):
        assert told in clerk.text


async def test_whatever_a_visitor_wrote_stays_text(world: World) -> None:
    put_request(world, "2222", answers=dict.fromkeys(PERSONAL, "x"))
    clerk = sit_down(world)
    await clerk.open("/requests/2222")
    harmless = outline(clerk.page)
    for place, payload in enumerate(HOSTILE.values()):
        put_request(world, f"55{place:02}", answers=dict.fromkeys(PERSONAL, payload))
        await clerk.open(f"/requests/55{place:02}")
        assert outline(clerk.page) == harmless
        assert clerk.page.text.count(payload) == len(PERSONAL)


async def test_whatever_staff_typed_stays_text(world: World) -> None:
    clerk = await at_request(world, state="claimed")
    await clerk.press("note", note="harmless")
    await clerk.open(PAGE)
    given = {(tag, name) for tag, name, _ in clerk.page.attributes}
    for payload in HOSTILE.values():
        await clerk.press("note", note=payload, version="0")
        assert clerk.page.box.removeprefix("\n") == payload
        await clerk.press("schedule", day=payload, time=payload, minutes=payload)
        assert clerk.page.fields["day"] == payload
        found = {(tag, name) for tag, name, _ in clerk.page.attributes}
        assert found - given <= {("input", "aria-invalid"), ("div", "role")}
        assert clerk.page.tags.count("script") == 1
        await clerk.press("note", note=payload)
        await clerk.open(PAGE)
        assert payload in clerk.page.text


@pytest.mark.parametrize(
    ("reach", "address", "link"),
    [
        ("phone", "+12125550100", "tel:+12125550100"),
        ("whatsapp", "+12125550100", "tel:+12125550100"),
        ("whatsapp", "this", ""),
        ("phone", "2125550100", ""),
        ("phone", "+1212555#31#", ""),
        ("phone", "javascript:alert(1)", ""),
        ("email", "ana.l+x@example.org", "mailto:ana.l+x@example.org"),
        ("email", "a@b.org?bcc=c@d.org", ""),
        ("email", "a@b.org,c@d.org", ""),
        ("email", "a@b.org%0Abcc:c@d.org", ""),
        ("email", "a@b.org\n", ""),
        ("email", "+12125550100", ""),
        ("email", "javascript:alert(1)", ""),
        ("", "https://evil.example", ""),
    ],
)
async def test_only_a_number_or_an_address_becomes_a_link(
    reach: str, address: str, link: str
) -> None:
    assert contact_link({"reach": reach, "address": address}) == link


async def test_the_page_links_to_the_way_the_person_can_be_reached(
    world: World,
) -> None:
    clerk = await at_request(world)
    assert "tel:+12125550100" in clerk.links
    outside = [link for link in clerk.links if not link.startswith(("/", "#"))]
    assert outside == ["tel:+12125550100"]


async def test_the_conversation_is_linked_while_it_exists(world: World) -> None:
    clerk = await at_request(world)
    assert f"/staff{PAGE}/conversation" in clerk.links
    with world.storage.begin() as session:
        consultations.forget_conversations(session, [CONVERSATION])
    await clerk.open(PAGE)
    assert f"/staff{PAGE}/conversation" not in clerk.links


@pytest.mark.parametrize("path", ["/requests/9999", "/requests/7777", "/requests/find"])
async def test_an_unknown_request_is_not_found(world: World, path: str) -> None:
    put_request(world, "7777", state="draft")
    clerk = await at_request(world)
    answer = await clerk.send(path, action="claim", version="1")
    assert answer.status_code == 404
    assert (await clerk.open(path)).status_code == 404


@pytest.mark.parametrize("role", ["editor", "reviewer"])
async def test_who_may_not_see_requests_sees_none(world: World, role: Role) -> None:
    clerk = await at_request(world, role=role)
    assert clerk.response.status_code == 403
    assert ANSWERS["name"] not in clerk.response.text
    answer = await clerk.send(PAGE, action="claim", version="1")
    assert answer.status_code == 403
    assert actions_of(world) == []


async def test_every_look_leaves_an_audit_row(world: World) -> None:
    clerk = await at_request(world)
    await clerk.open(PAGE)
    await clerk.press("note", note="")
    assert actions_of(world) == ["request_viewed"] * 3


async def test_a_claimed_request_says_who_has_it(world: World) -> None:
    clerk = await at_request(world)
    done = await clerk.press("claim")
    assert (done.status_code, done.headers["location"]) == (303, f"/staff{PAGE}")
    assert "request.done_claim" in done.headers["set-cookie"]
    await clerk.open(PAGE)
    assert "Ana (you)" in clerk.text
    assert "Ana: took it" in clerk.text
    assert read_kept(world).staff_id == clerk.person.id


async def test_of_two_who_claim_at_once_one_has_it(world: World) -> None:
    ana = await at_request(world)
    ben = sit_down(world, "ben")
    await ben.open(PAGE)
    answers = await asyncio.gather(ana.press("claim"), ben.press("claim"))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    loser = ana if answers[0].status_code == 409 else ben
    winner = ben if loser is ana else ana
    assert "This request changed after you opened it." in loser.text
    assert winner.person.name in loser.text
    assert read_kept(world).staff_id == winner.person.id


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        ("new", ["claim", "mark_spam", "close", "note"]),
        ("claimed", ["give_up", "mark_spam", "schedule", "close", "note"]),
        ("scheduled", ["reopen", "schedule", "close", "note"]),
        ("closed", ["reopen", "note"]),
        ("spam", ["reopen", "note"]),
    ],
)
async def test_the_page_offers_what_the_state_allows(
    world: World, state: State, steps: list[str]
) -> None:
    clerk = await at_request(world, state=state)
    assert steps_of(clerk) == steps


@pytest.mark.parametrize(
    ("state", "action", "fields", "becomes"),
    [
        ("claimed", "give_up", {}, "new"),
        ("claimed", "schedule", APPOINTMENT, "scheduled"),
        ("scheduled", "schedule", APPOINTMENT, "scheduled"),
        ("scheduled", "reopen", {}, "claimed"),
        ("new", "close", {"reason": "declined"}, "closed"),
        ("new", "mark_spam", {}, "spam"),
        ("spam", "reopen", {}, "new"),
        ("closed", "reopen", {}, "claimed"),
    ],
)
async def test_a_step_changes_the_state_and_says_so(
    world: World, state: State, action: str, fields: dict[str, str], becomes: State
) -> None:
    clerk = await at_request(world, state=state)
    done = await clerk.press(action, **fields)
    assert done.status_code == 303
    assert f"request.done_{action}" in done.headers["set-cookie"]
    assert read_kept(world).state == becomes
    assert (await clerk.open(PAGE)).status_code == 200


@pytest.mark.parametrize("action", ["reopen", "give_up", "schedule", "burn", ""])
async def test_what_the_state_does_not_allow_is_refused(
    world: World, action: str
) -> None:
    clerk = await at_request(world)
    answer = await clerk.press(action, **APPOINTMENT)
    assert answer.status_code == 409
    assert "That is not possible in the state" in clerk.text
    assert read_kept(world).state == "new"


@pytest.mark.parametrize("reason", ["", "bored", "<b>"])
async def test_a_request_is_closed_for_a_reason_of_the_list(
    world: World, reason: str
) -> None:
    clerk = await at_request(world)
    answer = await clerk.press("close", reason=reason)
    assert answer.status_code == 422
    assert "Please choose a reason." in clerk.text
    assert read_kept(world).state == "new"


async def test_a_closed_request_tells_why(world: World) -> None:
    clerk = await at_request(world)
    await clerk.press("close", reason="could_not_reach")
    await clerk.open(PAGE)
    assert "closed it (could not reach the person)" in clerk.text


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "²", "99999999999999999999"])
async def test_a_form_of_no_version_changes_nothing(world: World, version: str) -> None:
    clerk = await at_request(world)
    answer = await clerk.send(PAGE, action="claim", version=version)
    assert answer.status_code == 409
    assert read_kept(world).state == "new"


async def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    clerk = await at_request(world)
    answer = await clerk.press("claim", csrf="0" * 64)
    assert answer.status_code == 403
    assert read_kept(world).state == "new"


async def test_a_long_history_is_folded_newest_first(world: World) -> None:
    clerk = await at_request(world)
    for _ in range(11):
        await clerk.open(PAGE)
    await clerk.press("claim")
    await clerk.open(PAGE)
    history = clerk.text[clerk.text.index("History") :]
    assert history.index("took it") < history.index("Earlier: 4 more")
