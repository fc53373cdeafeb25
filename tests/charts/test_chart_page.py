from __future__ import annotations

import subprocess
import sys
import warnings

import made_up_measured as made_up
import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from louxing_analysis.charts import income, marks, numbers, page, theme
from louxing_analysis.charts.words import NoWording, Words, table, without_options


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_the_same_numbers_give_the_same_bytes(tmp_path, kind):
    written = [
        page.save(income.income_per_head(made_up.income_per_head()), tmp_path / f"{name}.{kind}").read_bytes()
        for name in "ab"
    ]
    assert written[0] == written[1]
    assert b"2026" not in written[0][:300]


def test_a_character_the_font_lacks_is_an_error_and_leaves_no_file(tmp_path):
    with theme.theme("zh") as look:
        figure = page.blank(look, 50)
        figure.text(0.1, 0.5, "\U0001f600")
    with pytest.raises(page.MissingGlyph, match="缺字"):
        page.save(figure, tmp_path / "a.png")
    assert not (tmp_path / "a.png").exists()


def test_village_characters_beyond_gb2312_are_drawn(tmp_path):
    with theme.theme("zh") as look:
        figure = page.blank(look, 50)
        figure.text(0.1, 0.5, "塅圫氹墈磡洣垱峝")
    assert page.save(figure, tmp_path / "a.svg").stat().st_size > 2000


def test_drawing_changes_nothing_outside_and_importing_does_not_either():
    income.income_per_head(made_up.income_per_head())  # the first drawing may fill matplotlib's own defaults
    before = dict(mpl.rcParams)
    income.income_per_head(made_up.income_per_head())
    assert dict(mpl.rcParams) == before
    code = "import sys, matplotlib as m; b = dict(m.rcParams); import louxing_analysis.charts.theme; assert dict(m.rcParams) == b; assert 'zhplot' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_a_chinese_font_labels_are_english_and_it_is_said_once(monkeypatch):
    monkeypatch.setattr(theme, "chinese_family", lambda: None)
    theme._note_once.cache_clear()
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        for _ in range(2):
            with theme.theme("zh") as look:
                assert look.language == "en"
    assert [warning.category for warning in said if warning.category is theme.NoChineseFont] == [theme.NoChineseFont]


def test_overlapping_and_cut_off_texts_are_found():
    with theme.theme("zh") as look:
        figure = page.blank(look, 50)
        for x, text in ((0.5, "第一个标签"), (0.51, "第二个标签"), (0.98, "出界的标签")):
            figure.text(x, 0.5, text)
    found = page.faults(figure)
    assert len(found) == 2
    assert "overlap" in found[1]
    assert "cut off" in found[0]


def test_a_line_never_starts_with_a_comma_nor_ends_with_an_opening_bracket():
    with theme.theme("zh") as look:
        figure = page.blank(look, 50)
        for width in range(20, 80, 3):
            lines = page.lines_of(
                figure, "督查发现4273个问题，已整改4032个（94.4%），还有241个；其中“危房改造”最多。", 11.5, width
            )
            assert not any(line[0] in "，。；）”" or line[-1] in "（“" for line in lines)
            assert (
                "".join(lines).replace(" ", "")
                == "督查发现4273个问题，已整改4032个（94.4%），还有241个；其中“危房改造”最多。"
            )


@given(st.lists(st.floats(0, 100), min_size=1, max_size=12))
def test_spread_labels_keep_their_order_and_their_distance(positions):
    moved = marks.spread(positions, 5.0)
    order = np.argsort(positions, kind="stable")
    assert (np.diff(np.array(moved)[order]) >= 5.0 - 1e-6).all()


def test_labels_that_do_not_touch_stay_where_they_are():
    assert marks.spread([10, 50, 30], 5) == [10, 50, 30]
    assert marks.spread([10, 12], 4) == [9, 13]  # both give way alike
    assert marks.spread([0, 1], 4, low=0) == [0, 4]


def test_numbers_are_printed_as_offices_print_them():
    assert numbers.percent(0.384) == "38.4%"
    assert numbers.percent(0.00004) == "0.00%" or numbers.percent(0.0004) == "0.04%"
    assert numbers.percent(0.9996) == "99.96%"
    assert numbers.points(0.513 - 0.335) == "17.8个百分点"
    assert numbers.points(0.178, "en") == "17.8 percentage points"
    assert numbers.with_unit(8123, "yuan") == "8123元"
    assert numbers.with_unit(8123, "yuan", "en") == "8,123 yuan"
    assert numbers.money(80550000) == "8055万元"
    assert numbers.money(140000000) == "1.40亿元"
    assert numbers.number(float("nan")) == "—"
    assert numbers.number(-114) == "−114"
    assert numbers.half_up(2.5) == 3
    assert numbers.half_up(-2.5) == -3
    assert numbers.period_name("2019-08", "zh") == "2019年8月"
    assert numbers.period_name("2016-2020", "en") == "2016–2020"


def test_every_sentence_has_both_languages_and_the_same_blanks():
    import string

    both = table(Words("zh").path)
    blanks = [
        {
            key: {name for _, name, _, _ in string.Formatter().parse(text) if name}
            for key, text in both[language].items()
        }
        for language in ("zh", "en")
    ]
    assert all(text for language in both.values() for text in language.values())
    extra = {key: blanks[1][key] - blanks[0][key] for key in blanks[0] if blanks[1][key] - blanks[0][key]}
    assert extra == {"income_per_head.one": set()} or not extra


def test_a_sentence_nobody_wrote_is_an_error():
    with pytest.raises(NoWording, match="nobody"):
        Words("zh").say("nobody")


def test_options_of_a_card_are_not_printed_under_a_chart():
    assert without_options('登记人口（weights="household" 时为户数）') == "登记人口"
    assert without_options('纯收入总额（元）；per="head" 时为人口') == "纯收入总额（元）"
