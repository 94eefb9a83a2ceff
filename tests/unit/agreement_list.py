"""A made-up list of agreements with the dirt of the real one, and its overrides."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.core.agreements import Agreement, Model, Override

DATED: Final = date(2026, 7, 1)
TODAY: Final = date(2026, 7, 20)
_SIGNED: Final = date(2025, 3, 26)
MOA: Final = "https://www.ice.gov/doclib/287gMOA/{}.pdf"

# State, agency as printed, kind, county as printed, models; "pending": no link.
_ROWS: Final = """
FL|Collier County Sheriff’s Office|County|Collier County|TFM WSO
FL|Naples Police Department|Municipality||TFM
FL|Jacksonville Sheriff's Office|County||TFM
FL|Miami-Dade Sheriff's Office|County|Miami-Dade County|WSO
FL|City of Miami Police Department|Municipality||TFM
FL|Doral Police Department|Municipality|Miami-Dade County|TFM
FL|Nassau County Sheriff's Office|County|Nassau County|WSO
FL|Orange County Corrections Department|County|Orange County|JEM
FL|Orange City Police Department|Municipality||TFM
FL|Palm Beach County Sheriff's Office|County|Palm Beach County|TFM pending
FL|Howey in the Hills Police Department|Municipality|Lake Conty|TFM
FL|Florida Highway Patrol|State Agency||TFM
FL|Florida Department of Corrections|State Agency||JEM
TX|Orange Police Department|Municipality||TFM
TX|Orange County Sheriff's Office|County|Orange County|WSO
TX|Neuces County Constable Precinct 5|County|Nueces County|TFM
TX|Nueces County Sheriff's Office|County|Nueces County|JEM
TX|Overton Police Department|Municipality|Overton County|TFM
TX|Taft Police Department|Municipality|San Patricio|TFM
TX|Houston County Sheriff's Office|County|Houston County|WSO
MO|Houston Police Department|Municipality|Texas County|TFM
GA|Decatur County Sheriff's Office|County|Decatur|WSO
GA|Dallas Police Department|Municipality|Paulding County|TFM
GA|Cobb County Sheriff's Office|County|Cobb County|JEM
AL|Franklin County Sheriff's Office|County|Frankin County|JEM
PA|County of Franklin / Franklin County Jail|County|Franklin County|JEM
PA|Franklin Police Department|Municipality||TFM
PA|Constable Unity Township|Municipality|Westmoreland County|TFM
PA|Benton Borough Police Department|Municipality|Columbia County|TFM
VA|Rappahannock, Shenandoah, Warren Regional Jail Authority|County|Warren County|JEM
VA|Washington County Sheriff's Office|County|Washington County|TFM
LA|Bossier Parish Sheriff's Office|County|Bossier Parish|WSO
NH|Newton Police Department|Municipality|Rockingham County|TFM
NH|Gilford Police Department|Municipality|Belknap County|TFM
NH|Hillsborough County Sheriff's Office|County|Hillsborough County|WSO
IN|DeKalb County Sheriff's Office|County|DeKalb County|WSO
MA|Massachusetts Department of Corrections|State Agency||JEM
NV|Las Vegas Metropolitan Police Department|Municipality||WSO
NV|Douglas County Sheriff's Office|County|Douglas County|WSO
MN|St. Louis County Sheriff's Office|County|St. Louis County|WSO
NY|Nassau County Police Department|County|Nassau County|TFM
NY|Allegany Village Police Department|Municipality|Cattaraugus County|TFM
NY|Camden Police Department|Municipality||TFM
"""


def row(
    state: str,
    agency: str,
    model: Model,
    county: str = "",
    kind: str = "County",
    signed: date | None = _SIGNED,
    moa_url: str = MOA.format("x"),
) -> Agreement:
    """Return one line of a list."""
    return Agreement(state, agency, kind, county, model, signed, moa_url, "", ())


def agreements() -> tuple[Agreement, ...]:
    """Return the made-up list."""
    lines = []
    for text in _ROWS.strip().splitlines():
        state, agency, kind, county, models = text.split("|")
        url = "" if "pending" in models else MOA.format("x")
        for model in models.replace(" pending", "").split():
            lines.append(
                row(state, agency, model, county, kind, moa_url=url)  # type: ignore[arg-type]
            )
    return tuple(lines)


def overrides(as_of: date = DATED) -> dict[str, Override]:
    """Return what is said of New York and New Jersey in place of the list."""
    jail = row("NY", "Rensselaer County Sheriff's Office", "JEM", "Rensselaer County")
    return {
        "NY": Override(
            "NY",
            {"en": "A state law bars them.", "es": "Una ley estatal los prohíbe."},
            (jail,),
            as_of,
            date(2026, 7, 31),
            "https://www.ice.gov/ny",
        ),
        "NJ": Override(
            "NJ",
            {"en": "A state law forbids them.", "es": "Una ley estatal lo prohíbe."},
            (),
            as_of,
            date(2026, 7, 31),
            "https://www.ice.gov/nj",
        ),
    }
