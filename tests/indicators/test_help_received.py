"""Whom the assistance reached: any, each kind, how many, which together."""

import pytest

from louxing_analysis.indicators.coverage import help_by_kind, help_coverage, kinds_overlap, kinds_per_household

HOUSEHOLDS = """
household_id register_year township village household_size exit_status_code
h1           2018          甲镇     东村    2              not_exited
h2           2018          甲镇     西村    3              not_exited
h3           2018          乙镇     北村    4              not_exited
h1           2019          甲镇     东村    2              exited
h2           2019          甲镇     西村    3              not_exited
h3           2019          乙镇     北村    4              left_register
h4           2019          乙镇     北村    .              not_exited
"""
AID = """
household_id aid_year aid_kind_code
h1           2018     microcredit
h1           2019     microcredit
h1           2019     goods
h3           2018     goods
h9           2018     goods
"""
BENEFICIARIES = """
household_id project_id project_year link_mode_code
h2           p1         2019         shares
"""


@pytest.fixture
def tables(draw) -> dict:
    return {
        "households": draw("households", HOUSEHOLDS),
        "aid": draw("aid", AID),
        "beneficiaries": draw("beneficiaries", BENEFICIARIES),
    }


def test_helped_up_to_the_year_of_those_registered_at_its_end(tables) -> None:
    measured = help_coverage(**tables)
    assert measured.line(period=2018)["value"] == 2 / 3
    assert measured.line(period=2019)["value"] == 2 / 3  # h1 and h2; h3 has left, h4 was never helped
    assert [(note.code, note.rows) for note in measured.notes] == [("counted_ever", 6), ("helped_not_registered", 1)]


def test_helped_in_the_year_is_another_figure(tables) -> None:
    assert help_coverage(**tables, span="year", population="not_yet_exited").line(period=2019)["value"] == 1 / 2


def test_ever_registered_is_one_period_and_keeps_those_that_left(tables) -> None:
    line = help_coverage(**tables, population="ever_registered").line()
    assert (line["period"], line["numerator"], line["denominator"]) == ("2018-2019", 3, 4)


def test_without_the_project_lists_only_the_aid_ledgers_count(tables) -> None:
    line = help_coverage(households=tables["households"], aid=tables["aid"]).line(period=2019)
    assert line["value"] == 1 / 3


def test_by_people_a_household_without_a_size_is_missing(tables) -> None:
    line = help_coverage(**tables, weights="person").line(period=2019)
    assert (line["numerator"], line["denominator"], line["missing"]) == (5, 5, 1)


def test_kinds_by_township_have_zeros_where_nobody_was_reached(tables) -> None:
    measured = help_by_kind(**tables, by=("township",))
    line = measured.line(township="乙镇", aid_kind_code="microcredit", period=2018)
    assert (line["numerator"], line["denominator"], line["value"]) == (0, 1, 0)
    assert measured.line(township="甲镇", aid_kind_code="industry_link", period=2019)["value"] == 1 / 2


def test_a_kind_that_was_asked_for_and_given_to_nobody_has_its_line(tables) -> None:
    measured = help_by_kind(**tables, kinds=["house_renovation"])
    assert measured.frame["numerator"].tolist() == [0, 0]


def test_townships_add_up_to_the_district_for_every_kind(tables) -> None:
    parts, whole = (help_by_kind(**tables, by=by).frame for by in (("township",), ()))
    for name in ("numerator", "denominator"):
        together = parts.groupby(["aid_kind_code", "period"])[name].sum()
        assert together.to_dict() == whole.set_index(["aid_kind_code", "period"])[name].to_dict()


def test_the_lines_of_help_and_the_households_are_behind(tables) -> None:
    measured = help_by_kind(**tables)
    behind = measured.rows_behind(aid_kind_code="goods", period=2019)
    assert behind["row_id"].tolist() == ["households-3", "households-4", "households-6", "aid-2"]


def test_numbers_of_kinds_add_up_to_one(tables) -> None:
    measured = kinds_per_household(**tables, years=[2019])
    assert measured.frame.set_index("kinds")["numerator"].to_dict() == {"0": 1, "1": 1, "2": 1, "3_or_more": 0}
    assert measured.frame["value"].sum() == pytest.approx(1)
    assert measured.rows_behind(kinds="2")["row_id"].tolist() == ["households-3", "aid-0", "aid-1", "aid-2"]


def test_patterns_are_exact_and_nothing_is_one_of_them(tables) -> None:
    measured = kinds_overlap(**tables, years=[2019])
    assert measured.frame.set_index("pattern")["numerator"].to_dict() == {
        "none": 1,
        "goods|microcredit": 1,
        "industry_link": 1,
    }
    assert measured.rows_behind(pattern="none")["row_id"].tolist() == ["households-6"]


def test_patterns_of_some_kinds_only(tables) -> None:
    frame = kinds_overlap(**tables, years=[2019], kinds=["goods"]).frame
    assert frame.set_index("pattern")["numerator"].to_dict() == {"none": 2, "goods": 1}


def test_a_pattern_has_no_line_where_nobody_has_it_but_nothing_always_has(tables) -> None:
    frame = kinds_overlap(**tables, by=("township",), years=[2018]).frame
    assert set(zip(frame["township"], frame["pattern"], frame["numerator"], strict=True)) == {
        ("乙镇", "goods", 1),
        ("乙镇", "none", 0),
        ("甲镇", "none", 1),
        ("甲镇", "microcredit", 1),
    }


@pytest.mark.parametrize("measure", [help_coverage, help_by_kind, kinds_per_household, kinds_overlap])
def test_empty_tables_give_lines_of_nothing(draw, measure) -> None:
    frame = measure(households=draw("households"), aid=draw("aid")).frame
    assert frame["value"].isna().all()
    assert (frame["denominator"] == 0).all()


def test_another_span_is_refused(tables) -> None:
    with pytest.raises(ValueError, match="decade"):
        help_coverage(**tables, span="decade")
