"""A search of every byte that a run leaves or says for everything personal that was put in.

Two deliveries: a small office drawn by hand in which names and numbers stand where they should not, and the made-up
district, whose truth knows all of its people. Numbers are looked for whole, without their check digit, and digits alone;
names of three characters and more anywhere, of two where they stand alone. What a person asks to see by name
(`louxing inspect`, --show-personal) is not searched for names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
import pytest
from small_office import Office as District

from louxing_analysis import cli, pipeline, reference, store
from tests.cleaning.offices import Office, identity, office

FATHER, MOTHER, CHILD = identity("19650312"), identity("19670520", 12), identity("20011231", 13)
PHONE, OTHER, LANDLINE = "13900001234", "13900004321", "0738-8312345"
CODE, ACCOUNT = "4302000000017", "6228480402564890018"

IN_COLUMNS = ("张三丰", "李四光", "王五林", "赵六斤", "钱七巧", "犇骉淼")
"""Names that stand in a column of names, and elsewhere besides."""

NOWHERE_ELSE = {
    "title": "孙小曼",
    "footer": "周大同",
    "header": "朱八戒",
    "sheet": "吴建民",
    "file": "郑悟成",
    "code column": "郭靖安",
    "topic": "沈从文",
    "contact": "巴金山",
    "unknown table": "谢广坤",
    "merged": "韩梅梅",
    "number column": "林黛玉",
    "short": "马超",
}
"""Names that no column of names holds, by where they stand."""

NUMBERS = (FATHER, MOTHER, CHILD, PHONE, OTHER, LANDLINE, CODE, ACCOUNT)


@pytest.fixture(scope="module")
def careless(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose clerks write names and numbers wherever there is room."""
    place = office(tmp_path_factory.mktemp("careless"))
    name = NOWHERE_ELSE
    place.put_sheets(
        f"万宝镇2018/{name['file']}家.xlsx",
        {
            name["sheet"]: f"""
    万宝镇东冲村2018年度建档立卡贫困户花名册 填表人：{name["title"]} | < | < | < | < | < | < | <
    户编号 | 户主姓名 | 户主证件号码 | 家庭人口数 | 脱贫属性 | 主要致贫原因 | 联系电话 | 备注2
    '{CODE}' | 张三丰 | {FATHER} | 3 | 已脱贫 | 因病 | {PHONE} | 张三丰的{CODE}
    '4302000000018' | 李四光 | {MOTHER} | {name["number column"]} | {name["code column"]} | 86{OTHER} | {PHONE} | {OTHER}
    '4302000000019' | 王五林、赵六斤 | {CHILD[:17]} | {CODE} | 赵 六 斤 | {FATHER[:6]} {FATHER[6:10]} {FATHER[10:14]} {FATHER[14:]} | {PHONE} |
     | 钱七巧 | | 2 | {name["short"]} | 因病\n钱\n七巧 | {ACCOUNT} | {name["title"]}
    审核人：{name["footer"]} 联系电话：({LANDLINE[:4]}){LANDLINE[5:]} | < | < | < | < | < | < | <
    """.replace("\n钱\n七巧", " 钱 七巧"),
            "说明": f"""
    {name["merged"]}家庭情况 | < | <
    {name["unknown table"]} | 韩梅梅 | {MOTHER}
    {PHONE} | {LANDLINE} | 睡觉
    """,
        },
    )
    place.put(
        f"会议/{FATHER}.xlsx",
        f"""
    万宝镇2018年党员会议记录 | < | < | < | < | < | <
    村 | 会议日期 | 会议类型 | 议题 | 应到人数 | 实到人数 | {name["header"]}
    东冲村 | 2018-03-05 | 党员大会 | 慰问{name["topic"]}同志，联系人：{name["contact"]} +86 139-0000-4321 | 20 | 18 | 1
    东冲村 | 2018-04-05 | 党员大会 | 讨论犇骉淼、{FATHER[:6]} {FATHER[6:14]} {FATHER[14:]} | 20 | {name["contact"]} | 1
    李四光 | 2018-05-05 | 党员大会 | 张 三 丰 | 20 | 18 | 1
    """,
    )
    place.put(
        "走访.xlsx",
        f"""
    万宝镇2018年走访记录 | < | < | <
    户编号 | 帮扶干部姓名 | 走访日期 | 走访方式
    '{CODE}' | 犇骉淼 | 2018-03-05 | 上门
    '{CODE}' | 犇骉淼 | {MOTHER} | 李四光
    """,
    )
    (place.paths.raw / "李四光.xlsx").write_bytes(b"PK\x03\x04 this is no zip")
    (place.paths.raw / "坏.csv").write_bytes(f"户编号,户主姓名\n{CODE},张三丰\n".encode() + b"\xff\x00\xfe")
    return place


def options(place: Office) -> list[str]:
    where = place.paths
    return ["--raw", str(where.raw), "--processed", str(where.processed), "--reference", str(where.reference)]


@pytest.fixture(scope="module")
def said(careless: Office) -> str:
    """All that the commands print on this office: cleaning, unknown headers, every row followed back, a fault of ours."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LOUXING_KEY", "a key for this test only")
        patch.delenv("LOUXING_DEBUG", raising=False)
        told = printed(["clean", "--jobs", "1", *options(careless)])
        where = [*options(careless), "--reports", str(careless.paths.reports)]
        processed = ["--processed", str(careless.paths.processed)]
        told += printed(["headers", *processed]) + printed(["key", *processed])
        for table in reference.load().ledgers["ledger"]:
            frame = careless.table(table)
            for row_id in frame["row_id"] if len(frame) else ():
                told += printed(["trace", table, row_id, *where]) + printed(["trace", table, row_id, "--json", *where])
        told += printed(
            ["report", "--reports", str(careless.paths.reports), *options(careless)[2:], "--allow-incomplete"]
        )

        def broken(*_: object, **__: object) -> None:
            raise RuntimeError(f"张三丰 {FATHER}")

        patch.setattr(pipeline, "clean", broken)
        told += printed(["clean", "--jobs", "1", *options(careless)])
    return told


def printed(arguments: list[str]) -> str:
    """What a command writes to both of its streams."""
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        cli.main(arguments)
    return out.getvalue()


def texts(top: Path) -> Iterable[tuple[str, str]]:
    """Every file below a folder and what it says: names of files, cells of tables, text; pictures are drawn from those."""
    for path in sorted(top.rglob("*")):
        if path.suffix in {".png", ".pdf"} or not path.is_file():
            continue
        yield f"name of {path.name}", path.relative_to(top).as_posix()
        if path.suffix == ".parquet":
            frame = pd.read_parquet(path)
            for column in frame.select_dtypes(exclude="number"):
                yield f"{path.name} {column}", "\n".join(frame[column].dropna().astype(str).unique())
        else:
            yield path.name, path.read_bytes().decode("utf-8", "replace")


def without_pseudonyms(text: str) -> str:
    """Pseudonyms, row ids and fingerprints are hexadecimal digits, and may hold eleven decimal ones in a row."""
    return re.sub(r"\b(?:[hpcj]_)?[0-9a-f]{16}\b|\b[0-9a-f]{64}\b", "", text)


def finder(numbers: Iterable[str], names: Iterable[str]) -> Callable[[str], list[str]]:
    """A function: text → what of the numbers and names stands in it."""
    digits = {part for number in numbers for part in (number, re.sub(r"\D", "", number), number[:17])}
    digits = {one for one in digits if len(one) >= 10}
    by_length = {len(one): {two for two in digits if len(two) == len(one)} for one in digits}
    long = {name for name in names if len(name) >= 3}
    short = {name for name in names if len(name) == 2}

    def find(text: str) -> list[str]:
        text = without_pseudonyms(text)
        runs = set(re.findall(r"[0-9]{10,}[Xx]?", re.sub(r"(?<=\d)[ -](?=\d)", "", text))) | set(
            re.findall(r"[0-9]{10,}[Xx]?", text)
        )
        hits = {
            run[at : at + size]
            for run in runs
            for size, known in by_length.items()
            for at in range(len(run) - size + 1)
            if run[at : at + size] in known
        }
        plain = re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", "", text)
        for whole in (text, plain):
            hits |= {
                whole[at : at + size] for size in (3, 4) for at in range(len(whole)) if whole[at : at + size] in long
            }
        hits |= set(re.findall(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2}(?![\u4e00-\u9fff])", text)) & short
        return sorted(hits)

    return find


FIND = finder(NUMBERS, [*IN_COLUMNS, *NOWHERE_ELSE.values()])


def test_the_search_finds_each_thing_however_it_is_written() -> None:
    for text in (*NUMBERS, *IN_COLUMNS, *NOWHERE_ELSE.values(), FATHER[:17], "李 四 光", f"x{PHONE}1", "「马超」"):
        assert FIND(f"前面的字，{text}") or FIND(f"前面的字 {text} 后面"), text
    assert FIND(f"{FATHER[:6]} {FATHER[6:14]} {FATHER[14:]}")
    assert FIND("h_1390000123400000 马超群 4302000000018") == []


def test_the_office_is_read_far_enough_to_leak(careless: Office, said: str) -> None:
    assert len(careless.table("households")) >= 2
    assert len(careless.table("meetings")) >= 2
    assert len(careless.table("visits")) >= 1
    assert len(careless.table("quarantine")) >= 1
    assert len(careless.problems()) >= 10
    assert "程序内部错误" in said
    assert "」 家庭人口数" in said  # rows were followed back


def test_nothing_personal_is_left_in_what_a_run_writes(careless: Office, said: str) -> None:
    leaks = {where: found for where, text in texts(careless.paths.processed) if (found := FIND(text))}
    assert leaks == {}


def test_nothing_personal_is_said_on_the_console(said: str) -> None:
    assert {line: found for line in said.splitlines() if (found := FIND(line))} == {}


def test_nothing_personal_is_published(careless: Office, said: str) -> None:
    files = list(texts(careless.paths.reports))
    assert {where: found for where, text in files if (found := FIND(text))} == {}


def test_inspect_shows_no_number_of_a_person(careless: Office) -> None:
    numbers = finder(set(NUMBERS) - {CODE}, ())  # a household's code is known by its column only
    for path in sorted(careless.paths.raw.rglob("*.*")):
        for more in ([], ["--json"]):
            told = printed(["inspect", str(path), *more]).replace(str(path), "")
            assert numbers(told.replace(path.name, "")) == [], (path.name, more)


# -- the made-up district ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def find_in_district(office: District) -> Callable[[str], list[str]]:
    """The search for every number, code and name of the district, as its workbooks hold them."""
    personal = reference.load().columns
    personal = personal[
        (personal["personal"] == "yes") & personal["kind"].isin(["name", "id_number", "phone", "account"])
    ]
    truth = district_tables()
    found: dict[str, set[str]] = {"name": set(), "number": set()}
    for ledger, column, kind in personal[["ledger", "column", "kind"]].itertuples(index=False):
        if column in truth[ledger]:
            values = set(truth[ledger][column].dropna().astype(str))
            found["name" if kind == "name" else "number"] |= values
    assert len(found["name"]) > 300
    assert len(found["number"]) > 500
    return finder(found["number"], {name for name in found["name"] if len(name) >= 3})


def district_tables() -> dict[str, pd.DataFrame]:
    from small_office import HOUSEHOLDS, PLACES

    from louxing_analysis.sample import district

    return dict(district.build(2020, PLACES, HOUSEHOLDS, (2016, 2017, 2018, 2019, 2020)).tables)


def test_nothing_personal_of_the_district_is_stored_published_or_said(
    office: District, find_in_district: Callable[[str], list[str]]
) -> None:
    where = office.where
    told = ["--raw", str(where.raw), "--processed", str(where.processed), "--reports", str(where.reports)]
    console = ""
    for table in reference.load().ledgers["ledger"]:
        for row_id in store.read(table, where.processed)["row_id"].iloc[::5000]:
            console += printed(["trace", table, row_id, *told])
    console += printed(["report", "--processed", str(where.processed), "--reports", str(where.reports)])
    for exhibit in ("income-per-head", "meeting-attendance", "eligibility"):
        console += printed(["trace", exhibit, *told])
    assert "「" in console
    assert find_in_district(console) == []
    for top in (where.processed, where.reports):
        assert {name: found[:3] for name, text in texts(top) if (found := find_in_district(text))} == {}


@pytest.mark.slow
def test_nothing_personal_of_the_district_stands_in_the_notebooks(
    office: District, find_in_district: Callable[[str], list[str]], tmp_path: Path
) -> None:
    where = office.where.moved(reports=tmp_path)
    count, broken = pipeline._notebooks(where, office.outcome.facts, "zh", False, False, None)
    assert (count, broken) == (5, "")
    assert {name: found[:3] for name, text in texts(tmp_path) if (found := find_in_district(text))} == {}
