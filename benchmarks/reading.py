"""What reading, locating and naming a ledger costs beside the bare reading of the same file, in one run.

    python benchmarks/reading.py [--rows N ...] [--books N] [--repeat N] [--quick]

Writes ledgers of 40 columns and a folder of small workbooks into a temporary folder, checks that our cells are
python-calamine's, and prints a table for docs/benchmarks.md. Every measurement has a process of its own: processor seconds
count from after its imports, peak memory counts all. Steps take turns `--repeat` times and the least of each counts.
"""

from __future__ import annotations

import argparse
import datetime
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

HEADERS = [
    header
    for line in (
        "序号 乡镇 村 组 户编号 户主姓名 证件号码 家庭人口 姓名 与户主关系",
        "性别 民族 出生日期 文化程度 在校生状况 健康状况 劳动技能 务工区域 务工时间（月） 是否参加医疗保险",
        "脱贫属性 主要致贫原因 其他致贫原因 识别时间 脱贫年度 人均纯收入（元） 工资性收入 生产经营性收入 财产性收入 转移性收入",
        "低保金 养老金 耕地面积（亩） 林地面积（亩） 住房面积（平方米） 危房户 饮水是否安全 帮扶责任人 联系电话 备注",
    )
    for header in line.split()
]
ERRORS_EVERY, FORMULAS_EVERY, UNCALCULATED_EVERY = 997, 7, 4_999  # rows
SMALL_ROWS, SLOW_FROM = 60, 10_000
BARE, LOCATE, NAME, SLOW = (
    "python-calamine `to_python()`",
    "read and locate",
    "read, locate and name",
    "openpyxl, read-only",
)


def record(number: int, luck: Random) -> list[Any]:
    """One made-up person; the region code 439902 exists nowhere."""
    name = luck.choice("王李张刘陈杨黄赵") + luck.choice("伟芳娜敏静丽强磊") + luck.choice("洋勇艳杰娟涛")
    born = datetime.date(1940, 1, 1) + datetime.timedelta(luck.randrange(28_000))
    amounts = [round(luck.uniform(100, 20_000), 2) for _ in range(5)]
    return [
        number,
        ("杉山镇", "万宝镇", "石井镇", "双江乡")[number // 50 % 4],
        f"{'杉茶双石小大百'[number // 9 % 7]}{'山园江井碧科亭'[number // 63 % 7]}村",
        f"{number % 9 + 1}组",
        f"439902{number // 4:08d}",
        name,
        f"439902{born:%Y%m%d}{luck.randrange(10_000):04d}",
        luck.randint(1, 7),
        name,
        luck.choice(("户主", "配偶", "之子", "之女")),
        luck.choice("男女"),
        "汉族",
        born,
        luck.choice(("小学", "初中", "高中", "文盲或半文盲")),
        luck.choice((None, "非在校生", "小学")),
        luck.choice(("健康", "长期慢性病", "残疾")),
        luck.choice(("普通劳动力", "技能劳动力", "无劳动力")),
        luck.choice((None, "省内县外", "乡镇内")),
        luck.choice((None, 6, 10, 11)),
        "是",
        luck.choice(("已脱贫", "未脱贫")),
        luck.choice(("因病", "因残", "缺技术")),
        luck.choice((None, None, "缺资金")),
        datetime.date(2014, 1, 1) + datetime.timedelta(luck.randrange(1_500)),
        luck.choice((2016, 2017, 2018, None)),
        *amounts,
        luck.choice((None, 3_600)),
        luck.choice((None, 1_236)),
        round(luck.uniform(0, 9), 1),
        round(luck.uniform(0, 9), 1),
        luck.randint(60, 200),
        "否",
        "是",
        name,
        f"139{luck.randrange(10**8):08d}",
        None if number % 20 else f"备注{number}",
    ]


class Ledger:
    """One workbook as XML, written row by row; texts are shared, as office programs keep them."""

    def __init__(self, rows: int, seed: int) -> None:
        from louxing_analysis.sample.package import Page, address, serial, xlsx_bytes
        from louxing_analysis.sample.styles import style_for

        self.rows, self.luck, self.texts = rows, Random(seed), dict[str, int]()
        self.address, self.serial = address, serial
        self.day = style_for("date")
        self.skeleton = xlsx_bytes([Page("花名册", [], [], [])], "")

    def cell(self, row: int, column: int, value: Any) -> str:
        where = self.address(row, column)
        if value is None:
            return f'<c r="{where}" s="1"/>'
        if isinstance(value, str):
            return f'<c r="{where}" s="1" t="s"><v>{self.texts.setdefault(value, len(self.texts))}</v></c>'
        if isinstance(value, datetime.date):
            return f'<c r="{where}" s="{self.day}"><v>{self.serial(value)}</v></c>'
        if column == 25 and row % ERRORS_EVERY == 0:
            return f'<c r="{where}" s="1" t="e"><v>#N/A</v></c>'
        if column == 26 and row % UNCALCULATED_EVERY == 0:
            return f'<c r="{where}" s="1"><f>Z{row + 1}*12</f></c>'
        if column == 26 and row % FORMULAS_EVERY == 0:
            return f'<c r="{where}" s="1"><f>Z{row + 1}*12</f><v>{value}</v></c>'
        return f'<c r="{where}" s="1"><v>{value}</v></c>'

    def lines(self) -> Iterator[str]:
        """The rows: title, header, records, total, footer."""
        last = self.rows + 2
        top = [(0, ["2018年贫困人口花名册"]), (1, HEADERS)]
        body = ((number + 1, record(number, self.luck)) for number in range(1, self.rows + 1))
        bottom = [(last, ["合计", *[None] * 6, self.rows]), (last + 1, ["填表人：王某"])]
        for source in (top, body, bottom):
            for row, values in source:
                cells = (self.cell(row, column, value) for column, value in enumerate(values))
                yield f'<row r="{row + 1}">{"".join(cells)}</row>'

    def write(self, path: Path) -> None:
        with (
            zipfile.ZipFile(io.BytesIO(self.skeleton)) as old,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            sheet, shared = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
            for name in old.namelist():
                if name not in (sheet, shared):
                    new.writestr(name, old.read(name))
            head, _, tail = old.read(sheet).partition(b"<sheetData></sheetData>")
            with new.open(sheet, "w", force_zip64=True) as part:
                part.write(head + b"<sheetData>")
                for line in self.lines():
                    part.write(line.encode())
                part.write(b"</sheetData>" + tail)
            head, _, tail = old.read(shared).partition(b"</sst>")
            items = "".join(f"<si><t>{text}</t></si>" for text in self.texts)
            new.writestr(shared, head + items.encode() + b"</sst>" + tail)


def files_in(path: Path) -> list[Path]:
    return sorted(path.iterdir()) if path.is_dir() else [path]


def bare() -> Callable[[Path], Any]:
    """What python-calamine does alone."""
    from python_calamine import CalamineWorkbook

    def step(path: Path) -> Any:
        book = CalamineWorkbook.from_path(str(path))
        return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]

    return step


def ours(naming: bool = True) -> Callable[[Path], Any]:
    """Cells, what every row is, and, if asked for, what every column is called in the clean tables."""
    from louxing_analysis import paths, reference
    from louxing_analysis.cleaning.headers import Index, match
    from louxing_analysis.cleaning.locate import Table, locate
    from louxing_analysis.cleaning.workbook import read_workbook

    index = Index(reference.load(paths.default().reference))

    def named(table: Table) -> Any:
        return match([(column.index, column.name) for column in table.columns], table.title, index)

    def step(path: Path) -> Any:
        found = []
        for sheet in read_workbook(path, path.name).sheets:
            located = locate(sheet, index.known)
            found.append((sheet, located, [named(table) for table in located.tables] if naming else []))
        return found

    return step


def slow() -> Callable[[Path], Any]:
    """What openpyxl does alone; shown beside, never used on large sheets."""
    import openpyxl

    def step(path: Path) -> Any:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return [list(sheet.iter_rows(values_only=True)) for sheet in book]

    return step


MAKERS = {BARE: bare, LOCATE: lambda: ours(naming=False), NAME: ours, SLOW: slow}


def used() -> tuple[float, float]:
    """Processor seconds and peak megabytes of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1024)


def prepare(path: Path, rows: int, books: int) -> None:
    """Write and check in a process of its own: a child's peak memory begins with its parent's."""
    command = [sys.executable, __file__, "--write", str(path), "--rows", str(rows), "--books", str(books)]
    subprocess.run(command, check=True)


def prepare_here(path: Path, rows: int, books: int) -> None:
    """One ledger, or a folder of many."""
    if not books:
        Ledger(rows, rows).write(path)
        check(path, rows)
        return
    path.mkdir()
    for number in range(books):
        Ledger(rows, number).write(path / f"{number}.xlsx")
    check(path / "0.xlsx", rows)


def measure_here(step: str, path: Path) -> None:
    """One measurement, in a process that does nothing else."""
    work = MAKERS[step]()
    begin, start = used()
    for one in files_in(path):
        work(one)
    seconds, peak = used()
    print(json.dumps([seconds - begin, peak, start]))


def check(path: Path, rows: int) -> None:
    """Our cells are python-calamine's where it has any, what it would blank is found, and every row is what it is."""
    import numpy as np
    from python_calamine import CalamineWorkbook

    (found,) = ours()(path)
    sheet, located, (match,) = found
    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    grid = np.empty((len(theirs), len(theirs[0])), dtype=object)
    grid[:] = theirs
    grid[grid == ""] = None
    assert sheet.values.shape == grid.shape
    blanked = {place for place, (reason, _) in sheet.unreadable.items() if reason in ("error_cell", "not_calculated")}
    differs = set(zip(*(at.tolist() for at in np.nonzero(sheet.values != grid)), strict=True))
    assert differs <= blanked, sorted(differs - blanked)[:5]
    records = range(2, rows + 2)
    errors = {(row, 25) for row in records if row % ERRORS_EVERY == 0}
    assert blanked == errors | {(row, 26) for row in records if row % UNCALCULATED_EVERY == 0}
    kinds = ["title", "header", *["data"] * rows, "total", "footer"]
    assert located.kinds.tolist() == kinds, "rows"
    assert match.ledger, match.missing


class Measured(NamedTuple):
    """The least of some runs: processor seconds, peak megabytes, and the megabytes before the first file."""

    seconds: float
    peak: float
    start: float


def measure(path: Path, steps: list[str], repeat: int) -> dict[str, Measured]:
    """Steps in turn, so that whatever else the machine does falls on all."""
    runs: dict[str, list[list[float]]] = {step: [] for step in steps}
    for _ in range(repeat):
        for step in steps:
            command = [sys.executable, __file__, "--step", step, "--path", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            runs[step].append(json.loads(done.stdout))
    return {step: Measured(*map(min, zip(*results, strict=True))) for step, results in runs.items()}


def report(name: str, cells: int, measured: dict[str, Measured]) -> Iterator[str]:
    """Lines of the table."""
    base = measured[BARE]
    for step, one in measured.items():
        yield (
            f"| {name} | {step} | {one.seconds:.2f} | {one.seconds / cells * 1e6:.2f} | {one.seconds / base.seconds:.2f} | "
            f"{one.peak:.0f} | {one.peak / base.peak:.2f} | {one.peak - one.start:.0f} | "
            f"{(one.peak - one.start) / max(base.peak - base.start, 1):.2f} |"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    options.add_argument("--books", type=int, default=200)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--quick", action="store_true", help="1,000 and 10,000 rows, 40 workbooks, once")
    options.add_argument("--step", choices=MAKERS, help=argparse.SUPPRESS)
    options.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    options.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    told = options.parse_args()
    if told.write:
        prepare_here(told.write, told.rows[0], told.books)
        return
    if told.step:
        measure_here(told.step, told.path)
        return
    sizes, books, repeat = ([1_000, 10_000], 40, 1) if told.quick else (told.rows, told.books, told.repeat)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}\n")
    print("| ledger | step | processor s | µs a cell | × bare | peak MB | × bare | MB above start | × bare |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory(prefix="louxing-benchmark-") as folder:
        for rows in sizes:
            path = Path(folder) / f"{rows}.xlsx"
            prepare(path, rows, 0)
            steps = [BARE, NAME, SLOW] if rows <= SLOW_FROM else [BARE, NAME]
            for line in report(f"{rows:,} rows", rows * len(HEADERS), measure(path, steps, repeat)):
                print(line, flush=True)
            path.unlink()
        small = Path(folder) / "small"
        prepare(small, SMALL_ROWS, books)
        cells = books * SMALL_ROWS * len(HEADERS)
        for line in report(f"{books} workbooks of {SMALL_ROWS} rows", cells, measure(small, list(MAKERS), repeat)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
