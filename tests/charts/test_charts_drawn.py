"""Every chart, in both languages, with the numbers of a made-up district of 13 townships and five years."""

from __future__ import annotations

from functools import partial

import made_up_measured as made_up
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from louxing_analysis.charts import change, coverage, income, money, months, overlap, page, places, quality, theme
from louxing_analysis.charts.shown import NothingToDraw
from louxing_analysis.report.disclosure import protect

CHARTS = {
    "income_per_head": (income.income_per_head, made_up.income_per_head),
    "income_distribution": (income.income_distribution, made_up.income_distribution),
    "income_composition": (income.income_composition, made_up.income_composition),
    "income_bridge": (change.income_bridge, made_up.income_bridge),
    "poverty_headcount": (income.poverty_headcount, made_up.poverty_headcount),
    "income_transition": (change.income_transition, made_up.income_transition),
    "stock_and_flow": (change.stock_and_flow, made_up.stock_and_flow),
    "p_chart": (partial(months.months_p_chart, change="2019-08"), made_up.attendance_of_village),
    "panels": (months.months_panels, lambda: made_up.attendance_by_township(made_up.MONTHS)),
    "dots": (places.places_dots, made_up.attendance_by_township),
    "then_and_now": (places.places_then_and_now, made_up.industry_participation),
    "found_and_rectified": (months.found_and_rectified, made_up.inspections),
    "coverage_matrix": (coverage.coverage_matrix, lambda: protect(made_up.help_by_kind())),
    "kinds_bar": (coverage.kinds_bar, made_up.kinds_per_household),
    "kinds_overlap": (overlap.kinds_overlap, lambda: protect(made_up.kinds_overlap())),
    "places_count": (places.places_count, made_up.team_coverage),
    "safeguards": (coverage.safeguards_met, made_up.safeguards),
    "eligibility": (coverage.eligible_and_receiving, lambda: protect(made_up.eligibility())),
    "project_money": (money.project_money, made_up.project_money),
    "rows_by_fate": (quality.rows_by_fate, made_up.rows_by_fate),
    "problems_by_reason": (quality.problems_by_reason, made_up.problems_by_reason),
    "missing_by_column": (quality.missing_by_column, made_up.missing_by_column),
}


def texts(figure):
    return [text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_runs_over_another_or_over_the_edge_and_made_up_data_say_so(name, language):
    draw, measured = CHARTS[name]
    figure = draw(measured(), language=language, made_up=True)
    assert page.faults(figure) == []
    assert figure.get_figwidth() * 25.4 == pytest.approx(156)
    stamp = "合成示例数据" if language == "zh" else "Made-up sample data"
    assert any(text.startswith(stamp) for text in texts(figure))


def test_real_data_carry_no_stamp():
    figure = income.income_per_head(made_up.income_per_head(), made_up=False)
    assert not any("合成" in text for text in texts(figure))


def test_the_title_states_the_finding_computed_from_the_numbers():
    figure = income.income_per_head(made_up.income_per_head())
    # (9840 ÷ 2760) ^ (1 ÷ 4) − 1 = 0.3741
    assert figure.get_label() == "登记户人均纯收入4年由2760元增加到9840元，年均增长37.4%"


def test_the_national_line_ends_in_2019_and_the_exit_line_goes_on():
    axes = income.income_per_head(made_up.income_per_head()).axes[0]
    ends = {len(line.get_xdata()): line.get_ydata()[-1] for line in axes.lines[1:]}
    assert ends == {4: 3218.0, 5: 4000.0}


def test_a_hidden_cell_is_hatched_and_never_a_number():
    shown = protect(made_up.help_by_kind())
    figure = coverage.coverage_matrix(shown)
    hatched = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == shown.frame["hidden"].sum() > 0


def test_bars_start_at_zero():
    for name in ("kinds_bar", "found_and_rectified", "places_count", "project_money", "rows_by_fate"):
        draw, measured = CHARTS[name]
        for axes in draw(measured()).axes:
            low, high = sorted(
                axes.get_xlim()
                if name in ("kinds_bar", "places_count", "project_money", "rows_by_fate")
                else axes.get_ylim()
            )
            assert low == 0 < high


def test_nothing_to_draw_is_an_error_that_names_the_indicator():
    measured = made_up.income_per_head()
    measured.frame["value"] = np.nan
    with pytest.raises(NothingToDraw, match="人均纯收入"):
        income.income_per_head(measured)


def test_the_composition_says_which_source_is_largest_and_by_how_much_it_changed():
    figure = income.income_composition(made_up.income_composition())
    # 55.0 % − 38.0 % = 17.0 percentage points
    assert "55.0%" in figure.get_label()
    assert "上升17.0个百分点" in figure.get_label()


def test_before_and_after_the_change_are_pooled_apart():
    measured = made_up.attendance_of_village()
    before = measured.frame[measured.frame["period"] < "2019-08"]
    share = before["numerator"].sum() / before["denominator"].sum()
    figure = months.months_p_chart(measured, change="2019-08")
    assert f"{share:.1%}" in figure.get_label()


def test_colours_of_a_stack_differ_in_grey_from_their_neighbours_or_by_hatch():
    grey = [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue in map(to_rgb, income.STACK)]
    for place in range(len(grey) - 1):
        assert abs(grey[place] - grey[place + 1]) > 0.05 or place % 2 == 0  # every second one is hatched


def test_text_in_the_main_colour_is_readable_on_white():
    def luminance(colour):
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    for colour in (theme.DEEP, theme.INK, theme.QUIET, theme.STAMP):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5
