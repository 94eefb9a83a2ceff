"""Files for ICE's list from those who may not, or that are no form, are refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from starlette.applications import Starlette

from bot.core.staff import PERMISSIONS, ROLES, Role
from bot.gateway.world import World
from tests.gateway.console_people import StaffBrowser, browser_of
from tests.gateway.list_desk import FIRST, OWN, counted, list_app, upload
from tests.sheets import NAME, workbook

pytestmark = pytest.mark.asyncio


@pytest.fixture
def app(world: World) -> Iterator[Starlette]:
    """The console with the pages of the list."""
    yield list_app(world)
    world.storage.close()


@pytest.fixture
def editor(app: Starlette, world: World) -> StaffBrowser:
    """A browser in which an editor is signed in."""
    return browser_of(app, world, "editor")


@pytest.mark.parametrize("role", [None, *ROLES])
async def test_only_those_who_edit_the_knowledge_import(
    app: Starlette, world: World, role: Role | None
) -> None:
    browser = browser_of(app, world, role)
    may = role in PERMISSIONS["edit_knowledge"]
    refused = 401 if role is None else 403
    response = await upload(browser, workbook(FIRST))
    assert response.status_code == (303 if may else refused)


@pytest.mark.parametrize(
    ("csrf", "headers"),
    [
        ("", OWN),
        ("0" * 64, OWN),
        (None, {**OWN, "Origin": "https://evil.example"}),
        (None, {**OWN, "Sec-Fetch-Site": "cross-site"}),
    ],
    ids=["no token", "wrong token", "foreign origin", "foreign site"],
)
async def test_a_form_that_is_not_our_own_is_refused(
    editor: StaffBrowser, world: World, csrf: str | None, headers: dict[str, str]
) -> None:
    response = await editor.http.post(
        "/staff/agreements",
        data={"csrf": editor.csrf if csrf is None else csrf},
        files={"file": (NAME, workbook(FIRST))},
        headers=headers,
    )
    assert response.status_code == 403
    assert "Refused" not in response.text
    assert counted(world) is None


async def test_a_file_too_large_is_not_read_to_its_end(editor: StaffBrowser) -> None:
    assert (await upload(editor, bytes(20_100_000))).status_code == 413


async def test_nobody_makes_the_console_read_a_file_without_a_sign_in(
    app: Starlette, world: World
) -> None:
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield bytes(100_000)

    nobody = StaffBrowser(app, world)
    kind = "multipart/form-data; boundary=x"
    response = await nobody.http.post(
        "/staff/agreements", content=body(), headers={**OWN, "Content-Type": kind}
    )
    assert (response.status_code, read) == (401, 0)


MULTIPART = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\na\r\n'


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (MULTIPART, b""),
        (MULTIPART, b"--x--"),
        (MULTIPART, PART),
        (MULTIPART, PART + PART + b"--x--\r\n"),
        (MULTIPART, b"before" + PART + b"--x--\r\n"),
        (MULTIPART, PART.replace(b'"csrf"', b"csrf") + b"--x--\r\n"),
        (MULTIPART, PART.replace(b"\r\na\r\n", b"\r\n\xff\r\n") + b"--x--\r\n"),
        (MULTIPART, PART * 40 + b"--x--\r\n"),
        ("multipart/form-data", PART + b"--x--\r\n"),
        ("multipart/form-data; boundary=" + "x" * 71, PART + b"--x--\r\n"),
        ("multipart/mixed; boundary=x", PART + b"--x--\r\n"),
    ],
)
async def test_a_body_that_is_no_form_is_refused(
    editor: StaffBrowser, kind: str, body: bytes
) -> None:
    response = await editor.http.post(
        "/staff/agreements", content=body, headers={**OWN, "Content-Type": kind}
    )
    assert response.status_code in {400, 403, 415}
