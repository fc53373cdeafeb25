"""What the rows of data/reference must keep to, whoever adds the next one."""

from __future__ import annotations

import csv
import importlib
import pkgutil
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from louxing_analysis import paths, reference
from louxing_analysis.reference import FILES, normalise

FOLDER = paths.default().reference
FACTS = (
    "headers",
    "spellings",
    "units",
    "places",
    "place_changes",
    "thresholds",
    "corrections",
    "claims",
    "context",
    "name_marks",
)
CONFIDENCES = {"high", "medium", "low"}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


COLUMNS: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
for _row in rows_of("columns"):
    COLUMNS[_row["ledger"]][_row["column"]] = _row
CODES: dict[str, set[str]] = defaultdict(set)
for _row in rows_of("codes"):
    CODES[_row["vocabulary"]].add(_row["code"])


def ledgers_of(row: dict[str, str]) -> list[str]:
    """A star stands for every ledger that has the column; an ignored star for all of them."""
    if row["ledger"] != "*":
        return [row["ledger"]]
    return [name for name in COLUMNS if row["column"] == "ignored" or row["column"] in COLUMNS[name]]


def meanings() -> dict[tuple[str, str], list[tuple[str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in rows_of("headers"):
        for ledger in ledgers_of(row):
            found[ledger, row["header"]].append((row["column"], row["fixed"]))
    return found


MEANINGS = meanings()


def meaning(ledger: str, header: str) -> str:
    return MEANINGS[ledger, header][0][0] if (ledger, header) in MEANINGS else ""


# -- every file ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FACTS)
def test_rows_are_sorted_and_none_stands_twice(name: str) -> None:
    rows = [tuple(row.values()) for row in rows_of(name)]
    assert rows == sorted(rows)
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_plain_utf8_with_line_feeds_and_its_fields(name: str) -> None:
    raw = (FOLDER / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    head = raw.decode("utf-8").splitlines()[0].split(",")
    assert set(FILES[name]) <= set(head)


@pytest.mark.parametrize("name", FILES)
def test_every_row_says_where_it_comes_from(name: str) -> None:
    assert [row for row in rows_of(name) if not row["source"].strip()] == []


@pytest.mark.parametrize("name", FILES)
def test_confidence_is_high_medium_or_low(name: str) -> None:
    rows = rows_of(name)
    # a village that an article happens to name says nothing of the others of its township: its list is partial
    allowed = CONFIDENCES | ({"partial"} if name == "places" else set())
    if rows and "confidence" in rows[0]:
        assert {row["confidence"] for row in rows} <= allowed


@pytest.mark.parametrize("name", FILES)
def test_no_cell_holds_an_address_on_the_net_or_hanging_spaces(name: str) -> None:
    cells = [cell for row in rows_of(name) for cell in row.values()]
    assert [cell for cell in cells if "://" in cell or cell != cell.strip()] == []


def test_the_package_can_load_them_all() -> None:
    loaded = reference.load()
    assert len(loaded.townships()) == 13


# -- headers -----------------------------------------------------------------------------------------------------


def test_headers_are_written_as_they_are_compared() -> None:
    assert [row["header"] for row in rows_of("headers") if row["header"] != normalise(row["header"])] == []


def test_headers_speak_of_ledgers_columns_and_units_that_exist() -> None:
    units = {row["unit"] for row in rows_of("units")} | {""}
    for row in rows_of("headers"):
        assert row["ledger"] == "*" or row["ledger"] in COLUMNS, row
        assert ledgers_of(row), row
        assert row["column"] == "ignored" or all(row["column"] in COLUMNS[name] for name in ledgers_of(row)), row
        assert row["unit"] in units, row


def test_no_header_names_a_column_that_is_only_ever_worked_out() -> None:
    for (ledger, header), found in MEANINGS.items():
        column = found[0][0]
        assert column == "ignored" or COLUMNS[ledger][column]["kind"] != "derived", (ledger, header, column)


def test_what_is_ignored_says_why_and_nothing_else_does() -> None:
    assert [row for row in rows_of("headers") if (row["column"] == "ignored") != bool(row["why"])] == []


def test_a_header_means_one_thing_in_a_ledger() -> None:
    assert {key: found for key, found in MEANINGS.items() if len(found) > 1} == {}


def test_the_label_of_a_column_never_means_another_one() -> None:
    for ledger, columns in COLUMNS.items():
        for name, about in columns.items():
            if about["kind"] != "derived":
                assert meaning(ledger, normalise(about["label_zh"])) in ("", name), (ledger, name)


def test_what_a_spread_column_stands_for_is_a_code_or_text_of_that_ledger() -> None:
    for row in rows_of("headers"):
        if row["fixed"]:
            column, _, value = row["fixed"].partition("=")
            about = COLUMNS[row["ledger"]][column]
            assert value, row
            assert not about["vocabulary"] or value in CODES[about["vocabulary"]], row


def test_every_column_that_is_written_down_has_at_least_two_headers() -> None:
    headers: dict[tuple[str, str], int] = defaultdict(int)
    for (ledger, _), found in MEANINGS.items():
        headers[ledger, found[0][0]] += 1
    wanted = [
        (ledger, name)
        for ledger, columns in COLUMNS.items()
        for name, about in columns.items()
        if about["kind"] != "derived"
    ]
    assert [key for key in wanted if headers[key] < 2] == []


def test_the_four_guarantees_each_have_a_column_of_their_own_in_safeguards() -> None:
    fixed = {row["fixed"] for row in rows_of("headers") if row["ledger"] == "safeguards" and row["fixed"]}
    assert fixed == {f"guarantee_code={code}" for code in CODES["guarantee"]}


def test_a_person_sheet_does_not_ignore_what_it_should_hand_on_to_the_households() -> None:
    for row in rows_of("ledgers"):
        for fed in row["also_feeds"].split():
            lost = [
                header
                for (ledger, header), found in MEANINGS.items()
                if ledger == row["ledger"] and found[0][0] == "ignored" and meaning(fed, header) not in ("", "ignored")
            ]
            assert lost == []


@pytest.mark.parametrize(
    ("ledger", "header", "column"),
    [
        ("households", "姓名", "head_name"),
        ("members", "姓名", "name"),
        ("pairings", "姓名", "cadre_name"),
        ("teams", "姓名", "member_name"),
        ("aid", "姓名", "name"),
        ("attendance", "姓名", "name"),
        ("households", "身份证号", "head_id_number"),
        ("members", "身份证号", "id_number"),
        ("incomes", "身份证号", "head_id_number"),
        ("teams", "身份证号", "id_number"),
        ("incomes", "低保", "transfer_minimum_living"),
        ("members", "低保", "is_minimum_living"),
        ("aid", "金额", "amount"),
        ("beneficiaries", "金额", "amount"),
        ("meetings", "时间", "meeting_date"),
        ("visits", "时间", "visit_date"),
        ("sanitation", "时间", "rating_month"),
        ("households", "饮水安全", "has_safe_water"),
        ("safeguards", "饮水安全", "is_met"),
        ("visits", "帮扶方式", "visit_mode_code"),
        ("beneficiaries", "帮扶方式", "link_mode_code"),
        ("households", "帮扶责任人", "helper_name"),
        ("pairings", "帮扶责任人", "cadre_name"),
        ("incomes", "转移性收入/其他", "transfer_other"),
        ("incomes", "财产性收入/其他", "ignored"),
        ("projects", "资金来源/省", "amount_provincial"),
        ("projects", "省", "ignored"),
        ("incomes", "人均可支配收入", "ignored"),
        ("households", "计划脱贫年度", "ignored"),
        ("teams", "B92-1姓名", "member_name"),
        ("households", "AAC007", "cause_main_code"),
        ("members", "AAB006", "relation_code"),
    ],
)
def test_the_same_word_means_what_its_ledger_makes_of_it(ledger: str, header: str, column: str) -> None:
    assert meaning(ledger, header) == column


EXPORT = """\
省,市,县,乡,村,户编号,人口编号,姓名,性别,出生日期,证件类型,证件号码,民族,户联系电话,成员联系电话,年度,
与户主关系,文化程度,在校生状况,劳动技能,务工时间（月,健康状况,政治面貌,务工企业名称,是否享受低保,
是否参加城镇职工基本养老保险,是否参加大病保险,是否参加新型农村合作医疗（城乡居民基本医疗保险）,
是否参加城乡居民基本养老保险,失学或辍学原因,是否会讲普通话,是否参加商业补充医疗保险,是否国外务工,产业分类,
是否接受大病医疗救助,是否接受其他健康扶贫,公益性岗位类型,公益性岗位(月数),就业渠道,残疾类别,务工所在地,
户主姓名,户主证件号码,是否参加城镇职工基本医疗保险,是否特困供养人员,残疾证办证年度,识别标准"""


def test_every_header_of_the_long_member_export_is_known() -> None:
    headers = [normalise(text) for text in EXPORT.replace("\n", "").split(",")]
    assert len(headers) == 47
    assert [text for text in headers if not (meaning("members", text) or meaning("households", text))] == []


# -- words and units ---------------------------------------------------------------------------------------------


def test_words_are_written_as_they_are_compared_and_mean_one_code() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in rows_of("codes"):
        seen[row["vocabulary"], normalise(row["label_zh"])] = row["code"]
    for row in rows_of("spellings"):
        assert row["written"] == normalise(row["written"]) != "", row
        key = (row["vocabulary"], row["written"])
        assert key not in seen, f"{row} also means {seen.get(key)}"
        seen[key] = row["code"]


def test_words_belong_to_a_vocabulary_and_to_one_of_its_codes() -> None:
    today = {row["township"] for row in rows_of("places") if not row["village"] and not row["until"]}
    villages = {row["village"] for row in rows_of("places") if row["village"]}
    known = {**CODES, "missing": {"missing"}, "township": today, "village": villages}
    known["place_suffix"] = CODES["place_kind"]
    for row in rows_of("spellings"):
        assert row["code"] in known[row["vocabulary"]], row


def test_every_vocabulary_of_a_column_has_other_spellings() -> None:
    read = {row["vocabulary"] for row in rows_of("columns")} - {""}
    assert read <= {row["vocabulary"] for row in rows_of("spellings")}


def test_a_bare_number_is_no_word_except_as_a_mark() -> None:
    numbers = {(row["vocabulary"], row["written"]) for row in rows_of("spellings") if row["written"].isdigit()}
    assert numbers == {("boolean", "1"), ("boolean", "0"), ("attendance", "1")}


@pytest.mark.parametrize(
    ("vocabulary", "written", "code"),
    [
        ("household_type", "低保脱贫户", "dibao"),
        ("household_type", "扶贫户", "general"),
        ("household_type", "五保户", "tekun"),
        ("exit_status", "已脱贫（不再享受政策）", "exited"),
        ("exit_status", "预脱贫", "pre_exit"),
        ("exit_status", "新识别", "not_exited"),
        ("cause", "缺劳动力", "labour"),
        ("cause", "因婚", "other"),
        ("relation", "妻", "spouse"),
        ("relation", "长子", "son"),
        ("relation", "之兄弟媳妇", "other"),
        ("student", "七年级", "junior"),
        ("student", "高一", "senior"),
        ("student", "技師學院二年級", "vocational"),
        ("education", "不识字", "illiterate"),
        ("health", "大病", "serious"),
        ("work_place", "乡（镇）内务工", "in_township"),
        ("house_grade", "危房D类", "d"),
        ("project_status", "竣工", "completed"),
        ("link_mode", "股份合作", "shares"),
        ("meeting_type", "支部委员会", "committee"),
        ("attendance", "√", "present"),
        ("attendance", "×", "absent"),
        ("attendance", "病假", "excused"),
        ("boolean", "不达标", "no"),
        ("boolean", "享受", "yes"),
        ("aid_kind", "雨露计划", "education_grant"),
        ("aid_kind", "公益岗", "public_welfare_job"),
        ("missing", "——", "missing"),
        ("township", "婁星區樂坪街道辦事處", "乐坪街道"),
        ("village", "儒階沖村委會", "儒阶冲村"),
    ],
)
def test_a_word_of_the_forms_is_understood(vocabulary: str, written: str, code: str) -> None:
    assert reference.load().spelling(vocabulary).get(normalise(written)) == code


def test_nothing_and_no_are_told_apart_by_vocabulary() -> None:
    assert reference.load().spelling("missing")["无"] == "missing"
    assert reference.load().spelling("boolean")["无"] == "no"
    assert "0" not in reference.load().spelling("missing")


def test_units_are_written_once_and_one_unit_has_one_size() -> None:
    rows = rows_of("units")
    assert all(row["written"] == normalise(row["written"]) for row in rows)
    assert len({row["written"] for row in rows}) == len(rows)
    sizes = defaultdict(set)
    for row in rows:
        sizes[row["unit"]].add((float(row["factor"]), row["quantity"]))
    assert {unit for unit, found in sizes.items() if len(found) > 1} == set()
    assert sizes["wan_yuan"] == {(10000.0, "money")}
    assert {about["unit"] for columns in COLUMNS.values() for about in columns.values()} - {""} <= set(sizes)


# -- places ---------------------------------------------------------------------------------------------------------


def test_a_place_stands_once_and_a_village_in_a_township_that_is_listed() -> None:
    rows = rows_of("places")
    keys = [(row["township"], row["village"]) for row in rows]
    townships = {row["township"] for row in rows if not row["village"]}
    assert len(keys) == len(set(keys))
    assert all(row["kind"] in CODES["place_kind"] for row in rows)
    assert all((row["kind"] == "township") == (not row["village"]) for row in rows)
    assert {row["township"] for row in rows} - {""} <= townships
    assert all(row["township"] or "does not name its township" in row["source"] for row in rows)


def test_the_thirteen_units_of_today_have_the_codes_of_the_district() -> None:
    today = [row for row in rows_of("places") if not row["village"] and not row["until"]]
    assert len(today) == len({row["code"] for row in today}) == 13
    assert all(re.fullmatch(r"431302\d{3}", row["code"]) for row in today)
    came = {row["township"]: row["since"] for row in today if row["since"]}
    assert came == {"水洞底镇": "2017-02-15", "蛇形山镇": "2017-02-15"}


def test_a_change_of_places_leads_to_a_place_of_today() -> None:
    today = {row["township"] for row in rows_of("places") if not row["village"] and not row["until"]}
    for row in rows_of("place_changes"):
        assert row["new_township"] in today, row
        assert row["kind"] in {"merge", "split", "rename", "transfer"}, row
        # a row that names a new village without an old one would move every village of the township there
        assert bool(row["old_village"]) == bool(row["new_village"]), row
        assert (row["old_township"], row["old_village"]) != (row["new_township"], row["new_village"]), row
        date.fromisoformat(row["since"])


# -- thresholds, claims, context ---------------------------------------------------------------------------------------


def test_a_rule_has_one_value_on_any_day() -> None:
    spans: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows_of("thresholds"):
        float(row["value"])
        assert DAY.fullmatch(row["since"]), row
        assert not row["until"] or row["until"] > row["since"], row
        assert all((row["document"], row["unit"])), row
        spans[row["rule"]].append((row["since"], row["until"] or "9999-12-31"))
    for rule, found in spans.items():
        found.sort()
        assert all(before[1] < after[0] for before, after in pairwise(found)), rule


def test_the_three_lines_are_kept_apart() -> None:
    facts = reference.load()
    assert [facts.threshold("national_line", year) for year in (2010, 2013, 2018, 2019)] == [2300, 2736, 2995, 3218]
    assert facts.threshold("exit_line", 2020) == 4000
    assert facts.threshold("monitoring_line", 2020) == 5000
    with pytest.raises(reference.NoThreshold):
        facts.threshold("national_line", 2020)  # about 4,000 yuan in 2020 is an exit standard, not that line
    with pytest.raises(reference.NoThreshold):
        facts.threshold("monitoring_line", 2019)  # monitoring began in 2020


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("smallest_publishable_count", 5),
        ("visits_required_per_month", 1),
        ("days_in_village_required", 20),
        ("attendance_target", 0.75),
        ("near_line_factor", 1.5),
        ("transfer_dependence", 0.5),
        ("income_jump_ratio", 10),
        ("per_capita_outlier_low", 500),
        ("per_capita_outlier_high", 30000),
        ("working_age_low", 16),
        ("working_age_high", 59),
    ],
)
def test_a_rule_that_others_ask_for_is_there(rule: str, value: float) -> None:
    assert reference.load().threshold(rule, 2018) == value


def test_a_claim_is_complete_enough_to_be_answered() -> None:
    places = {row["township"] for row in rows_of("places")} | {row["village"] for row in rows_of("places")}
    ids = [row["claim"] for row in rows_of("claims")]
    assert len(ids) == len(set(ids))
    for row in rows_of("claims"):
        assert re.fullmatch(r"[a-z][a-z0-9_]*", row["claim"]), row
        assert all((row["sentence_zh"], row["sentence_en"], row["unit"])), row
        assert row["comparison"] in {"equals", "below", "at_least", "complete"}, row
        assert re.fullmatch(r"\d{4}(-\d{2})?(\.\.\d{4}(-\d{2})?)?", row["period"]), row
        assert float(row["stated"]) == 1 or row["comparison"] != "complete", row
        for part in filter(None, row["filter"].split(";")):
            key, _, value = part.partition("=")
            vocabulary = key.removesuffix("_code")
            assert value in (places if key in ("township", "village") else CODES[vocabulary]), row


def test_a_claim_names_an_indicator_that_exists() -> None:
    package = pytest.importorskip("louxing_analysis.indicators")
    found = [module.name for module in pkgutil.iter_modules(package.__path__)]
    modules = [importlib.import_module(f"{package.__name__}.{name}") for name in found]
    names = {name for module in modules for name in vars(module)}
    if not {"coverage", "participation"} <= {module.__name__.rpartition(".")[2] for module in modules}:
        pytest.skip("the indicators are not written yet")
    assert {row["indicator"] for row in rows_of("claims")} <= names


def test_a_place_and_year_have_one_value_of_a_measure() -> None:
    rows = rows_of("context")
    keys = [(row["place"], row["year"], row["measure"]) for row in rows]
    assert len(keys) == len(set(keys))
    for row in rows:
        assert 2010 <= int(row["year"]) <= 2024, row
        assert float(row["value"]) >= 0, row
        assert row["unit"], row
        assert not row["measure"].endswith("_incidence") or float(row["value"]) < 0.3, row


def test_what_is_not_public_about_the_district_stays_unsaid() -> None:
    said = {row["measure"] for row in rows_of("context") if row["place"] == "娄星区"}
    assert said == {"resident_population"}  # neither its rural population nor its rural income by year is published
