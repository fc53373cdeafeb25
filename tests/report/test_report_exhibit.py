from __future__ import annotations

import json

import made_up_measured as made_up
import pandas as pd
import pytest

from louxing_analysis.charts import coverage, income
from louxing_analysis.report.exhibit import BadName, exhibit


def test_an_exhibit_writes_its_six_files_the_same_every_time_pdf_and_all(tmp_path):
    written = []
    for folder in ("one", "two"):
        done = exhibit(
            "income",
            made_up.income_per_head(),
            income.income_per_head,
            reports=tmp_path / folder,
            made_up=False,
            options={"years": [2016]},
        )
        written.append({path.name: path.read_bytes() for path in done.files.values()})
    assert written[0] == written[1]
    assert set(written[0]) == {f"income.{kind}" for kind in ("svg", "pdf", "png", "csv", "txt", "json")}


def test_what_is_hidden_is_in_no_file(tmp_path):
    measured = made_up.help_by_kind()
    done = exhibit("matrix", measured, coverage.coverage_matrix, reports=tmp_path, made_up=False)
    table = pd.read_csv(done.files["csv"])
    assert table["hidden"].any()
    assert table.loc[table["hidden"], ["numerator", "value", "low", "high"]].isna().all(axis=None)
    assert "为保护小数" in done.files["txt"].read_text(encoding="utf-8")


def test_the_index_tells_trace_how_the_numbers_were_measured(tmp_path):
    done = exhibit(
        "income",
        made_up.income_per_head(),
        income.income_per_head,
        reports=tmp_path,
        made_up=False,
        options={"by": ["township"]},
        language="en",
    )
    told = json.loads(done.files["json"].read_text(encoding="utf-8"))
    assert told["indicator"] == "income_per_head"
    assert told["options"] == {"by": ["township"]}
    assert told["language"] == "en"


def test_made_up_data_are_stamped_in_the_picture_the_table_and_the_words(tmp_path):
    done = exhibit("income", made_up.income_per_head(), income.income_per_head, reports=tmp_path, made_up=True)
    assert pd.read_csv(done.files["csv"])["made_up"].str.startswith("合成示例数据").all()
    assert "合成示例数据" in done.files["txt"].read_text(encoding="utf-8")
    assert json.loads(done.files["json"].read_text(encoding="utf-8"))["made_up"] is True


def test_the_alternative_text_gives_the_numbers(tmp_path):
    done = exhibit("income", made_up.income_per_head(), income.income_per_head, reports=tmp_path, made_up=False)
    assert "2016年 2760元；2017年 4210元" in done.alternative


def test_a_name_that_is_no_file_name_is_refused(tmp_path):
    with pytest.raises(BadName):
        exhibit("../income", made_up.income_per_head(), income.income_per_head, reports=tmp_path, made_up=False)


def test_a_place_that_looks_like_a_formula_is_quoted_in_the_csv(tmp_path):
    measured = made_up.attendance_by_township()
    measured.frame.loc[0, "township"] = "=cmd|x"
    from louxing_analysis.charts import places

    done = exhibit("dots", measured, places.places_dots, reports=tmp_path, made_up=False)
    assert "'=cmd|x" in done.files["csv"].read_text(encoding="utf-8-sig")
