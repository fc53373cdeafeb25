from __future__ import annotations

import base64
import io
import re

import made_up_measured as made_up
import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from louxing_analysis import store
from louxing_analysis.charts import income
from louxing_analysis.charts.words import Words
from louxing_analysis.report.district import district_report, of_place, write_district_report
from louxing_analysis.report.exhibit import exhibit
from louxing_analysis.report.html import in_css, to_html
from louxing_analysis.report.model import Model, NumberWithoutTable, Paragraph, Picture, Section, Sentence, Table, check
from louxing_analysis.report.tables import cross_table, long_table


def model(tmp_path, sentence="人均纯收入由2016年的2760元提高到2020年的9840元。"):
    done = exhibit("income", made_up.income_per_head(), income.income_per_head, reports=tmp_path, made_up=False)
    table = long_table("income", "人均纯收入", done.measured, Words("zh"))
    cells = tuple(table.cell(row, column) for row in (0, -1) for column in (0, 3))
    picture = Picture("income", done.title, done.subject, done.short, done.alternative, done.svg(), "income.png")
    blocks = (Paragraph((Sentence(sentence, cells),)), picture, table)
    return Model("报告 <一>", "zh", (Section("一、基本情况", blocks),), stamp="合成示例数据", footnotes=("缺“某表”",))


def test_one_file_that_asks_nobody_for_anything_and_can_be_read_aloud(tmp_path):
    page = to_html(model(tmp_path))
    assert not re.search(r'(?:src|href)="(?!#|data:)', page)
    assert not re.search(r"url\((?!#|data:)", page)
    assert "<script" not in page
    assert '<html lang="zh-CN">' in page
    assert "报告 &lt;一&gt;" in page
    assert page.count("<h1>") == 1
    assert 'role="img"' in page
    assert "2016年 2760元" in re.search(r'aria-label="(图：[^"]*)"', page).group(1)
    assert 'scope="col"' in page
    assert 'scope="row"' in page
    assert page.count("合成示例数据") >= 3
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_font_inside_has_every_character_of_the_page(tmp_path):
    page = to_html(model(tmp_path))
    woff = base64.b64decode(re.search(r"base64,([A-Za-z0-9+/=]+)\)", page).group(1))
    known = TTFont(io.BytesIO(woff)).getBestCmap()
    text = re.sub(r"<svg.*?</svg>|<style.*?</style>|<[^>]+>", "", page, flags=re.DOTALL)
    assert {character for character in text if character.isprintable() and ord(character) > 127} <= {
        chr(code) for code in known
    }
    assert len(woff) < 150_000


def test_the_same_model_gives_the_same_page(tmp_path):
    made = model(tmp_path)
    assert to_html(made) == to_html(made)


def test_a_number_in_a_sentence_that_no_table_shows_stops_the_report(tmp_path):
    with pytest.raises(NumberWithoutTable, match="9841"):
        check(model(tmp_path, "人均纯收入由2016年的2760元提高到2020年的9841元。"))


def test_a_cell_that_no_longer_says_what_the_sentence_took_stops_the_report():
    table = Table("t", "", ("年", "数"), (("2016年", "7"),))
    other = Table("t", "", ("年", "数"), (("2016年", "8"),))
    made = Model("", "zh", (Section("", (Paragraph((Sentence("共7。", (table.cell(0, 1),)),)), other)),))
    with pytest.raises(NumberWithoutTable):
        check(made)


def test_hidden_cells_are_a_star_in_tables():
    from louxing_analysis.report.disclosure import protect

    shown = protect(made_up.help_by_kind())
    table = cross_table("m", "", shown, Words("zh"), "township", "aid_kind_code")
    stars = sum(cell == "*" for row in table.rows for cell in row)
    assert stars == shown.frame["hidden"].sum() > 0


def test_a_text_inside_css_cannot_end_its_string():
    assert str(in_css('a"</style>')) == "a\\22 \\3c /style\\3e "


def small(table):
    frames = {
        "incomes": pd.DataFrame({"household_id": [f"h{at}" for at in range(12)] * 2, "income_year": [2019] * 12 + [2020] * 12, "household_size": 3,
                                 "wage_income": [6000.0] * 12 + [9000.0] * 12, "business_income": 3000.0, "business_expense": 1000.0,
                                 "property_income": 0.0, "transfer_income": 1000.0, "net_income": [9000.0] * 12 + [12000.0] * 12,
                                 "per_capita_net_income": [3000.0] * 12 + [4000.0] * 12, "township": "万宝镇", "village": ["甲村", "乙村"] * 12,
                                 "workbook": "a.xlsx", "sheet": "s", "row": range(24), "row_id": [str(at) for at in range(24)]}),
    }  # fmt: skip
    if table not in frames:
        raise store.NothingProcessed(f"{table}.parquet: 尚未清洗出此表 / no such clean table yet")
    frame = frames[table].copy()
    frame["computed_net_income"], frame["computed_per_capita_net_income"] = (
        frame["net_income"],
        frame["per_capita_net_income"],
    )
    return frame


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_of_incomes_alone_tells_them_and_names_what_it_cannot_tell(tmp_path, language):
    made = district_report(small, language, made_up=True, reports=tmp_path)
    told = [sentence.text for block in made.blocks() if isinstance(block, Paragraph) for sentence in block.sentences]
    assert any("3000" in text.replace(",", "") and "4000" in text.replace(",", "") for text in told)
    assert len(made.tables()["not-told"].rows) > 5
    assert made.stamp


def test_the_report_is_written_as_one_page(tmp_path):
    path = write_district_report(tmp_path, read=small, made_up=True, footnotes=["数据不完整"])
    page = path.read_text(encoding="utf-8")
    assert path.name == "index.html"
    assert page.count("数据不完整") >= 2


def test_a_place_keeps_its_own_rows_only():
    assert set(of_place(small, "万宝镇", "甲村")("incomes")["village"]) == {"甲村"}
    assert of_place(small, "石井镇")("incomes").empty
