"""Reads ICE's sheet: finds the columns, cleans each row, refuses what is not right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO
from typing import Any, Final

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.packaging.relationship import (  # type: ignore[import-untyped]
    get_dependents,
    get_rels_path,
)
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from bot.core.agreement_terms import (
    COLUMNS,
    HEADERS,
    Column,
    find_kind,
    find_model,
    find_state,
    is_agency,
    is_kind,
    tidy,
    without_missing,
)
from bot.core.agreements import (
    Agreement,
    Model,
    Remark,
    SheetRefused,
    agency_key,
    remark,
)
from bot.core.matching import fold
from bot.services.agreement_dates import date_in_cell
from bot.services.agreement_links import REFUSED, clean_link, date_in_name
from bot.services.agreement_package import (
    MAX_COLUMNS,
    MAX_ROWS,
    find_links,
    open_package,
)

COUNTY_MISSING: Final = "county_missing"
YEAR_SUSPECT: Final = "signed_year_suspect"
DATE_MISSING: Final = "signed_missing"
LINK_MISSING: Final = "link_missing"
DIFFERS: Final = "signed_differs_from_moa_filename"
# Before, no model of today existed: an earlier year is a slip.
_FIRST_YEAR: Final = 2019
_LEAST_DATED: Final = 0.8
# Of a real list nearly all; of one whose columns slipped nearly none.
_LEAST_RIGHT: Final = 0.5
_MOST_SIGNS: Final = 300
_MOST_REASONS: Final = 12
_SHOWN_SIGNS: Final = 60
_FORMULA_SIGNS: Final = ("=", "+", "@")

Cells = Mapping[Column, Any]


@dataclass(frozen=True)
class Sheet:
    """What a sheet says; `latest_signed` is the last date in it that can be true."""

    agreements: tuple[Agreement, ...]
    latest_signed: date | None
    warnings: tuple[Remark, ...]


def read_sheet(data: bytes, today: date) -> Sheet:
    """Return the cleaned rows of a workbook's list, in the sheet's order.

    Raises:
        SheetRefused: it is no list that can be trusted; with every reason found.
    """
    try:
        return _read(data, today)
    except SheetRefused:
        raise
    except Exception as error:
        # openpyxl fails in as many ways as a file can be broken.
        raise SheetRefused(remark("not_readable")) from error


def _read(data: bytes, today: date) -> Sheet:
    package = open_package(data)
    book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    sheet, columns = _find_list(book)
    # openpyxl keeps to itself in which part of the package a worksheet stands.
    part: str = sheet._worksheet_path
    links = find_links(package, part)
    targets = _targets(package, part)
    reader = _Reader(today)
    for number, values in _rows(sheet):
        cells = {name: values[place] for name, place in columns.items()}
        moa, addendum = (
            targets.get(links.get(f"{get_column_letter(columns[name] + 1)}{number}"))
            for name in ("moa", "addendum")
        )
        reader.take(number, cells, moa, addendum)
    return reader.finish()


def _find_list(book: Any) -> tuple[Any, dict[Column, int]]:
    found, missing = [], None
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        rows = sheet.iter_rows(1, 1, 1, MAX_COLUMNS, values_only=True)
        names = [HEADERS.get(fold(str(value or ""))) for value in next(rows, ())]
        lacking = [name for name in COLUMNS if names.count(name) != 1]
        if not lacking:
            found.append((sheet, {name: names.index(name) for name in COLUMNS}))
        elif missing is None or len(lacking) < len(missing):
            missing = lacking
    if len(found) > 1:
        raise SheetRefused(remark("two_lists"))
    if not found:
        headers = {column: header for header, column in HEADERS.items()}
        names_missing = [headers[name].upper() for name in missing or COLUMNS]
        raise SheetRefused(remark("header_missing", headers=", ".join(names_missing)))
    return found[0]


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    rows = sheet.iter_rows(2, MAX_ROWS + 1, 1, MAX_COLUMNS, values_only=True)
    yield from enumerate(rows, start=2)


def _targets(package: Any, part: str) -> dict[str | None, str]:
    try:
        relations = get_dependents(package, get_rels_path(part))
    except KeyError:
        return {}
    return {one.Id: one.target or "" for one in relations}


@dataclass
class _Reader:
    """Takes row after row; remembers what is wrong and what a person should see."""

    today: date
    agreements: list[Agreement] = field(default_factory=list)
    reasons: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    guessed: Counter[tuple[str, str]] = field(default_factory=Counter)
    undated: int = 0
    latest: date | None = None

    def take(
        self, row: int, cells: Cells, moa: str | None, addendum: str | None
    ) -> None:
        """Take one row; blank ones count for nothing."""
        texts = {name: tidy(str(v)) for name, v in cells.items() if v is not None}
        if not any(texts.values()):
            return
        if any(text.startswith(_FORMULA_SIGNS) for text in texts.values()):
            self._refuse("formulas")
        if any(len(text) > _MOST_SIGNS for text in texts.values()):
            self._refuse("too_long", row=row)
            return
        state = self._state(row, texts.get("state", ""))
        model = self._model(row, texts.get("model", ""))
        agency = without_missing(texts.get("agency", ""))
        if not agency:
            self._refuse("agency_missing", row=row)
        if state and model and agency:
            named = (state, agency, model)
            self._keep(named, texts, cells.get("signed"), moa, addendum)

    def finish(self) -> Sheet:
        """Return all rows.

        Raises:
            SheetRefused: something in them is not right.
        """
        if not self.reasons and not self.agreements:
            self._refuse("no_rows")
        dated = len(self.agreements) - self.undated
        if self.agreements and dated < _LEAST_DATED * len(self.agreements):
            self._refuse("dates_missing")
        right = sum(is_agency(a.agency) and is_kind(a.kind) for a in self.agreements)
        if self.agreements and right < _LEAST_RIGHT * len(self.agreements):
            self._refuse("columns_mixed")
        if self.reasons:
            raise SheetRefused(*self.reasons[:_MOST_REASONS])
        return Sheet(
            tuple(self.agreements), self.latest, (*self._counted(), *self.warnings)
        )

    def _counted(self) -> Iterator[Remark]:
        for (printed, state), rows in self.guessed.items():
            yield remark("state_guessed", printed=printed, state=state, rows=rows)
        flags = Counter(flag for each in self.agreements for flag in each.flags)
        for flag in (REFUSED, LINK_MISSING, DATE_MISSING):
            if flags[flag]:
                yield remark(flag, rows=flags[flag])
        lines = Counter(
            (a.state, agency_key(a.agency), a.model) for a in self.agreements
        )
        twice = sum(number - 1 for number in lines.values())
        if twice:
            yield remark("lines_twice", rows=twice)

    def _keep(
        self,
        named: tuple[str, str, Model],
        texts: Mapping[Column, str],
        signed_cell: Any,
        moa: str | None,
        addendum: str | None,
    ) -> None:
        county = without_missing(texts.get("county", ""))
        flags = [] if county else [COUNTY_MISSING]
        moa_url, link_flags = clean_link(moa or "")
        addendum_url, addendum_flags = clean_link(addendum or "")
        flags += dict.fromkeys(
            (*link_flags, *(flag for flag in addendum_flags if flag == REFUSED))
        )
        if not moa and fold(texts.get("moa", "")) == "link":
            flags.append(LINK_MISSING)
        printed = date_in_cell(signed_cell)
        signed, signed_flags = self._signed(named, printed)
        in_name = date_in_name(moa_url)
        if printed and in_name and printed != in_name:
            signed_flags.append(f"{DIFFERS}:{in_name.isoformat()}")
        state, agency, model = named
        kind = find_kind(texts.get("kind", ""))
        self.agreements.append(
            Agreement(
                *(state, agency, kind, county, model, signed),
                *(moa_url, addendum_url, (*flags, *signed_flags)),
            )
        )

    def _signed(
        self, named: tuple[str, str, Model], printed: date | None
    ) -> tuple[date | None, list[str]]:
        if printed is None:
            self.undated += 1
            return None, [DATE_MISSING]
        if printed.year < _FIRST_YEAR or printed > self.today + timedelta(days=1):
            self.warnings.append(
                remark(
                    YEAR_SUSPECT,
                    agency=named[1],
                    state=named[0],
                    day=printed.isoformat(),
                )
            )
            return None, [YEAR_SUSPECT]
        self.latest = max(self.latest or printed, printed)
        return printed, []

    def _state(self, row: int, printed: str) -> str:
        found = find_state(printed)
        if found is None:
            self._refuse("state_unknown", row=row, printed=printed[:_SHOWN_SIGNS])
            return ""
        if found.is_guessed:
            self.guessed[printed, found.code] += 1
        return found.code

    def _model(self, row: int, printed: str) -> Model | None:
        model = find_model(printed)
        if model is None:
            self._refuse("model_unknown", row=row, printed=printed[:_SHOWN_SIGNS])
        return model

    def _refuse(self, code: str, **values: str | int) -> None:
        reason = remark(code, **values)
        is_told = any(
            r.code == code and r.values.get("printed") == values.get("printed")
            for r in self.reasons
        )
        if not is_told:
            self.reasons.append(reason)
