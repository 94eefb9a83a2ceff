"""Links of the list lead to www.ice.gov and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.agreement_links import clean_link, date_in_name
from tests.sheets import FOLDER, wrapped

PDF = FOLDER + "A_MOA_03042025.pdf"
EXTENSION = "chrome-extension://efaidnbmnnn/"


@pytest.mark.parametrize(
    ("raw", "flags"),
    [
        (PDF, ()),
        (f"  {PDF} ", ()),
        (PDF.replace("https://", "http://"), ()),
        (PDF.replace("https://", "https:/"), ()),
        (PDF.replace("www.ice.gov", "WWW.ICE.GOV"), ()),
        (wrapped(PDF), ("safelink_unwrapped",)),
        (wrapped(wrapped(PDF)), ("safelink_unwrapped",)),
        (
            EXTENSION + PDF.replace("https://", "https:/"),
            ("browser_extension_prefix_removed",),
        ),
    ],
)
def test_what_stands_around_a_link_is_taken_off(
    raw: str, flags: tuple[str, ...]
) -> None:
    assert clean_link(raw) == (PDF, flags)


@pytest.mark.parametrize(
    "raw",
    [
        "https://www.ice.gov.evil.example/a.pdf",
        "https://evil.example/https://www.ice.gov/a.pdf",
        "https://www.ice.gov@evil.example/a.pdf",
        "https://user@www.ice.gov/a.pdf",
        "https://www.ice.gov:8443/a.pdf",
        "https://ice.gov/a.pdf",
        "https://www.ice.gov\\@evil.example/",
        "javascript:alert(1)//https://www.ice.gov/",
        "data:text/html,x",
        "ftp://www.ice.gov/a.pdf",
        "https://www.ice.gov",
        "https://www.ice.gov/\r\nSet-Cookie: a",
        "https://[www.ice.gov/",
        wrapped("https://evil.example/a.pdf"),
        "https://safelinks.protection.outlook.com.evil.example/?url=" + PDF,
        PDF + "x" * 5000,
    ],
)
def test_a_link_elsewhere_is_left_out_and_flagged(raw: str) -> None:
    address, flags = clean_link(raw)
    assert address == ""
    assert "link_refused" in flags


@given(st.text(max_size=200))
def test_any_text_gives_an_address_at_ice_or_none(raw: str) -> None:
    for text in (raw, f"https://www.ice.gov/{raw}"):
        address, _ = clean_link(text)
        assert address == "" or address.startswith("https://www.ice.gov/")
        assert address.isascii()
        assert not set(address) & set(" \"'<>\r\n\\") - {"'"}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Nassau_TFM_MOA_03.03.2025.pdf", date(2025, 3, 3)),
        ("Otsego-WSO-MOA-10-17-2025.pdf", date(2025, 10, 17)),
        ("287g_JEM_06-10-2020.pdf", date(2020, 6, 10)),
        ("Archer_TFM_MOA_022202026.pdf", None),
        ("Broome_WSO_MOA_031025.pdf", None),
        ("Orange_TFM_MOA.pdf", None),
    ],
)
def test_only_dates_with_a_whole_year_are_read_from_a_documents_name(
    name: str, day: date | None
) -> None:
    assert date_in_name(FOLDER + name) == day
