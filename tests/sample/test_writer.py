"""The sample as files: the same bytes every time, every planted cell where the list says, every truth at its address."""

from __future__ import annotations

import csv
import hashlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from louxing_analysis import reference
from louxing_analysis.sample import district, remove, writer
from louxing_analysis.sample.drafts import as_text
from louxing_analysis.sample.package import Fault

SMALL = {"seed": 7, "places": 20, "households": 60, "years": (2019, 2020)}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, writer.SampleReport]:
    raw, truth = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("truth")
    return raw, truth, writer.write_sample(raw, truth=truth, jobs=1, mess=2, **SMALL)


@pytest.fixture(scope="module")
def cells(small: tuple[Path, Path, writer.SampleReport]) -> Cells:
    return Cells(small[0])


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Cells:
    """Every workbook opened once, whatever its format."""

    def __init__(self, raw: Path) -> None:
        self.raw, self.books = raw, {}

    def book(self, workbook: str) -> Any:
        if workbook not in self.books:
            self.books[workbook] = self.open(workbook)
        return self.books[workbook]

    def workbooks(self) -> list[tuple[str, Any]]:
        names = [name for name in sorted(remove.made_up_files(self.raw)) if name != remove.PLACES]
        return [(name, self.book(name)) for name in names]

    def at(self, workbook: str, sheet: str, cell: str) -> str:
        rows = self.book(workbook)
        if isinstance(rows, list):
            column, row = openpyxl.utils.cell.coordinate_from_string(cell)
            return rows[row - 1][openpyxl.utils.column_index_from_string(column) - 1]
        return read_back(rows[sheet][cell].value)

    def open(self, workbook: str) -> Any:
        path = self.raw / workbook
        if path.suffix == ".csv":
            with path.open(encoding="gb18030", newline="") as handle:
                return [[cell.removeprefix('="').removesuffix('"') for cell in row] for row in csv.reader(handle)]
        if path.suffix == ".xls":
            return TableRows.of(path.read_text(encoding="utf-8"))
        return openpyxl.load_workbook(path)


class TableRows(HTMLParser):
    @classmethod
    def of(cls, text: str) -> list[list[str]]:
        parser = cls()
        parser.feed(text)
        return parser.rows

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag == "td":
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def read_back(value: Any) -> str:
    return as_text(value.date() if hasattr(value, "date") else value)


def test_the_same_bytes_and_the_same_truth_whatever_the_number_of_workers(tmp_path: Path) -> None:
    for name, jobs in (("one", 1), ("two", 2)):
        writer.write_sample(tmp_path / name, truth=tmp_path / f"{name}-truth", jobs=jobs, **SMALL)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert contents(tmp_path / "one-truth") == contents(tmp_path / "two-truth")


def test_another_seed_gives_other_workbooks(tmp_path: Path, small: tuple[Path, Path, writer.SampleReport]) -> None:
    writer.write_sample(tmp_path, jobs=1, mess=2, **{**SMALL, "seed": 8})
    assert contents(tmp_path) != contents(small[0])


def test_every_planted_cell_holds_what_the_list_says(
    small: tuple[Path, Path, writer.SampleReport], cells: Cells
) -> None:
    defects = pd.read_parquet(small[1] / "defects.parquet")
    wrong = [
        row
        for row in defects[defects["cell"] != ""].itertuples()
        if cells.at(row.workbook, row.sheet, row.cell).strip() != row.written.strip()
    ]
    assert wrong == []
    assert len(defects) > 500


def test_every_row_of_the_truth_stands_on_the_row_of_its_household(
    small: tuple[Path, Path, writer.SampleReport], cells: Cells
) -> None:
    truth, codes = small[1], household_codes()
    for ledger in ("households", "incomes", "pairings", "visits", "aid", "safeguards", "checkups", "sanitation"):
        rows = pd.read_parquet(truth / f"{ledger}.parquet")
        texts = row_texts(cells, rows)
        for row in rows.itertuples():
            written = texts[row.workbook, row.sheet, row.row]
            assert codes[row.household_key] & written, (ledger, row.workbook, row.sheet, row.row)


def household_codes() -> dict[str, set[str]]:
    table = district.build(SMALL["seed"], SMALL["places"], SMALL["households"], SMALL["years"]).tables["households"]
    return table.groupby("household_key")["household_code"].agg(set).to_dict()


def row_texts(cells: Cells, rows: pd.DataFrame) -> dict[tuple[str, str, int], set[str]]:
    """The cells of every row that the truth points to, as text."""
    found = {}
    for workbook, sheet in sorted(set(zip(rows["workbook"], rows["sheet"], strict=True))):
        book = cells.book(workbook)
        values = book if isinstance(book, list) else list(book[sheet].values)
        for number, row in enumerate(values, start=1):
            found[workbook, sheet, number] = {read_back(cell).strip() for cell in row}
    return found


def test_in_grids_the_source_column_points_to_the_cell_of_the_value(
    small: tuple[Path, Path, writer.SampleReport], cells: Cells
) -> None:
    truth, compared = small[1], 0
    rows = pd.read_parquet(truth / "sanitation.parquet")
    planted = set(
        pd.read_parquet(truth / "defects.parquet")[["workbook", "sheet", "cell"]].itertuples(index=False, name=None)
    )
    for row in rows[rows["score"].notna()].itertuples():
        cell = f"{row.source_column}{row.row}"
        if (row.workbook, row.sheet, cell) not in planted:
            assert float(cells.at(row.workbook, row.sheet, cell)) == row.score
            compared += 1
    assert compared > 100


def test_the_truth_has_no_row_twice(small: tuple[Path, Path, writer.SampleReport]) -> None:
    for path in small[1].glob("*.parquet"):
        rows = pd.read_parquet(path)
        if path.stem != "defects":
            assert not rows.duplicated(["workbook", "sheet", "row", "source_column"]).any(), path.stem
            assert rows["workbook"].notna().all()


def test_rows_that_fall_away_are_not_in_the_truth(small: tuple[Path, Path, writer.SampleReport]) -> None:
    defects = pd.read_parquet(small[1] / "defects.parquet")
    gone = defects[(defects["expected"] == "quarantined") & (defects["table"] == "visits")]
    rows = pd.read_parquet(small[1] / "visits.parquet")
    there = set(zip(rows["workbook"], rows["sheet"], rows["row"], strict=True))
    numbers = gone["cell"].str.extract(r"(\d+)", expand=False).astype(int)
    assert len(gone)
    assert not there & set(zip(gone["workbook"], gone["sheet"], numbers, strict=True))


def test_level_0_has_no_defect_at_all(tmp_path: Path) -> None:
    report = writer.write_sample(tmp_path / "raw", truth=tmp_path / "truth", jobs=1, mess=0, **SMALL)
    assert report.defects == {}
    assert pd.read_parquet(tmp_path / "truth" / "defects.parquet").empty


def test_level_1_plants_nothing_structural_and_level_3_does(tmp_path: Path) -> None:
    first = writer.write_sample(tmp_path / "1", jobs=1, mess=1, **SMALL)
    third = writer.write_sample(tmp_path / "3", jobs=1, mess=3, **SMALL)
    assert "structural" not in first.defects
    assert third.defects["structural"] >= 5


def test_headers_are_labels_or_rows_of_headers_csv(small: tuple[Path, Path, writer.SampleReport]) -> None:
    """A header of a plain column, taken apart, is one that headers.csv or columns.csv knows."""
    raw, _, _ = small
    facts = reference.load()
    known = (
        set(facts.headers["header"])
        | {reference.normalise_header(label) for label in facts.columns["label_zh"]}
        | {"序号", "备注"}
    )
    book = openpyxl.load_workbook(next(raw.rglob("2019年*收入*.xlsx")))
    rows = [row for row in book.worksheets[0].values if row[0] == "序号"]
    for header in rows[0]:
        if header:
            plain = reference.normalise_header(header).split("(")[0].lstrip("*").removeprefix("2019")
            assert plain in known, header


def test_remove_deletes_exactly_what_the_list_names(tmp_path: Path) -> None:
    writer.write_sample(tmp_path, jobs=1, **SMALL)
    own = tmp_path / "全区" / "自己的台账.xlsx"
    own.write_bytes(b"mine")
    listed = remove.made_up_files(tmp_path)
    changed = tmp_path / next(name for name in listed if name.endswith(".xlsx"))
    changed.write_bytes(changed.read_bytes() + b" ")
    outcome = remove.remove_sample(tmp_path)
    assert outcome.changed == [changed]
    left = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {own, changed}
    assert len(outcome.deleted) == len(listed)  # all but the changed one, and the list itself
    assert remove.made_up_files(tmp_path) == {}


def test_a_file_of_somebodys_own_is_never_overwritten(tmp_path: Path) -> None:
    writer.write_sample(tmp_path, jobs=1, **SMALL)
    mine = tmp_path / next(name for name in remove.made_up_files(tmp_path) if name.endswith(".xlsx"))
    mine.write_bytes(b"mended by hand")
    with pytest.raises(writer.SampleInTheWay):
        writer.write_sample(tmp_path, jobs=1, **SMALL)
    assert mine.read_bytes() == b"mended by hand"


def test_the_list_and_the_places_name_all_files(small: tuple[Path, Path, writer.SampleReport]) -> None:
    raw, _, report = small
    assert set(contents(raw)) - {remove.LIST} == set(remove.made_up_files(raw)) == set(report.files)
    places = pd.read_csv(raw / remove.PLACES, dtype="str", keep_default_na=False)
    assert list(places.columns) == list(reference.FILES["places"])
    assert places["source"].str.contains("合成示例数据").all()


def test_every_workbook_says_that_it_is_made_up(cells: Cells) -> None:
    for name, book in cells.workbooks():
        first = book[0][0] if isinstance(book, list) else book.worksheets[0]["A1"].value
        assert "合成示例数据" in first, name


def test_error_cells_are_error_cells() -> None:
    assert as_text(Fault("#N/A")) == "#N/A"


def test_no_merged_ranges_overlap(cells: Cells) -> None:
    """Excel offers to mend a workbook in which they do."""
    for name, book in cells.workbooks():
        for sheet in [] if isinstance(book, list) else book:
            seen: set[tuple[int, int]] = set()
            for merge in sheet.merged_cells.ranges:
                covered = {
                    (row, column)
                    for row in range(merge.min_row, merge.max_row + 1)
                    for column in range(merge.min_col, merge.max_col + 1)
                }
                assert not seen & covered, (name, sheet.title, str(merge))
                seen |= covered


def test_a_workbook_keeps_a_sheet_that_can_be_seen(cells: Cells) -> None:
    for name, book in cells.workbooks():
        assert isinstance(book, list) or book.worksheets[0].sheet_state == "visible", name
