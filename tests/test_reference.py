"""data/reference as it is looked up: dated thresholds, labels, spellings, and what a bad row is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from louxing_analysis import paths, reference
from louxing_analysis.reference import BadReference, NoThreshold, normalise, normalise_header


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/reference that a test may spoil."""
    return Path(shutil.copytree(paths.default().reference, tmp_path / "reference"))


def test_a_written_header_is_compared_without_spaces_width_or_traditional_characters() -> None:
    assert normalise_header(" 人均\n纯收入（元）") == "人均纯收入(元)"
    assert normalise_header("戶編號") == "户编号"
    assert normalise("\ufeff户　主\xa0姓名\u200b") == "户主姓名"
    assert normalise_header("AAC001") == "AAC001"
    assert normalise(2018) == "2018"


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2018-01-01", 2995),
        ("2018-12-31", 2995),
        (2018, 2995),
        (2019, 3218),
        ("2015-06-30", 2855),
        (2010, 2300),
    ],
)
def test_a_threshold_has_the_value_of_its_day(day: str | int, value: float) -> None:
    assert reference.load().threshold("national_line", day) == value


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("national_line", 2020),
        ("national_line", "2009-12-31"),
        ("monitoring_line", 2019),
        ("no_such_rule", 2018),
    ],
)
def test_a_rule_without_a_value_on_a_day_is_an_error_and_never_a_guess(rule: str, day: str | int) -> None:
    with pytest.raises(NoThreshold, match=rule):
        reference.load().threshold(rule, day)


def test_a_threshold_without_an_end_lasts() -> None:
    assert reference.load().threshold("smallest_publishable_count", "2035-01-01") == 5


def test_labels_come_from_the_rows_and_an_unknown_code_is_itself() -> None:
    facts = reference.load()
    assert facts.label("cause", "illness") == "因病"
    assert facts.label("cause", "illness", "en") == "Illness"
    assert facts.label("column:incomes", "wage_income") == "工资性收入"
    assert facts.label("ledger", "visits", "en") == "visits"
    assert facts.label("cause", "no_such_code") == "no_such_code"


def test_codes_stand_in_their_own_order() -> None:
    assert reference.load().order("rating") == ["cleanest", "clean", "ordinary", "poor"]


def test_a_label_is_also_a_spelling() -> None:
    spelling = reference.load().spelling("aid_kind")
    assert spelling["小额信贷"] == "microcredit"  # a label
    assert spelling["公益岗"] == "public_welfare_job"  # a row of spellings.csv


def test_thirteen_township_units_are_there_today_and_none_that_is_gone() -> None:
    today = reference.load().townships()
    assert len(today) == len(set(today)) == 13
    assert "水洞底镇" in today
    assert "茶园镇" not in today


def test_columns_of_a_ledger_stand_in_their_order() -> None:
    columns = reference.load().columns_of("visits")
    assert columns.loc["visit_date", "required"] == "yes"
    assert list(columns.index[:3]) == ["household_code", "head_name", "head_id_number"]


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "units.csv").unlink()
    with pytest.raises(BadReference, match=r"units\.csv"):
        reference.load(folder)


def test_a_missing_field_is_named(folder: Path) -> None:
    (folder / "claims.csv").write_text("claim,sentence_zh\n", encoding="utf-8")
    with pytest.raises(BadReference, match=r"claims\.csv.*indicator"):
        reference.load(folder)


def test_a_row_with_a_field_too_many_is_named_with_its_number(folder: Path) -> None:
    with (folder / "corrections.csv").open("a", encoding="utf-8") as handle:
        handle.write("a.xlsx,Sheet1,B3,1,2,typed wrong,letter\nb.xlsx,Sheet1,B3,1,2,typed, wrong,letter\n")
    with pytest.raises(BadReference, match=r"corrections\.csv › 3"):
        reference.load(folder)


@pytest.mark.parametrize(
    "row",
    [
        "某列,incomes,no_such_column,,,,me,low",
        "某列,no_such_ledger,net_income,,,,me,low",
        "某列,*,no_such_column,,,,me,low",
    ],
)
def test_a_header_for_a_column_that_does_not_exist_is_named(folder: Path, row: str) -> None:
    with (folder / "headers.csv").open("a", encoding="utf-8") as handle:
        handle.write(row + "\n")
    with pytest.raises(BadReference, match=r"headers\.csv › \d+ 「某列」"):
        reference.load(folder)


def test_a_column_with_an_unknown_vocabulary_is_named(folder: Path) -> None:
    path = folder / "columns.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",exit_status,", ",no_such_words,"), encoding="utf-8")
    with pytest.raises(BadReference, match=r"columns\.csv.*no_such_words"):
        reference.load(folder)


def test_a_byte_order_mark_and_extra_fields_do_no_harm(folder: Path) -> None:
    path = folder / "corrections.csv"
    path.write_text("\ufeffworkbook,sheet,cell,says,use,because,source,seen_by\na,b,C1,1,2,x,y,me\n", encoding="utf-8")
    assert reference.load(folder).corrections.loc[0, "seen_by"] == "me"
