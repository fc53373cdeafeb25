"""The notebooks: the law of their form, and one run of all of them in one warm kernel on a small made-up district."""

from __future__ import annotations

import ast
import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from small_office import Office

from louxing_analysis import execute, paths, reference, store
from louxing_analysis.indicators import registry
from louxing_analysis.indicators.measured import NoLine
from louxing_analysis.report.model import Table
from louxing_analysis.report.notebook_page import write_notebook
from louxing_analysis.report.plan import ITEMS, PLACE

BOOKS = sorted(paths.default().notebooks.glob("*.ipynb"))
NAMES = [
    "10-what-arrived", "20-data-quality", "30-income-change", "40-participation", "50-assistance-coverage",
]  # fmt: skip
QUALITY = ("10-", "20-")
MOST_LINES = 12
STAMP = "内部资料 / internal · 合成示例数据 / made-up sample data"
LATIN, CHINESE = re.compile(r"[A-Za-z]{2,}"), re.compile(r"[\u4e00-\u9fff]{2,}")
ON_DISK = {"open", "Path", "read_csv", "read_excel", "read_parquet", "to_csv", "to_excel", "to_parquet", "savefig"}

every_book = pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


def code_of(path: Path) -> list[ast.Module]:
    """The code cells as trees, without IPython's own lines."""
    sources = ("\n".join(line for line in cell.source.splitlines() if line[:1] != "%") for cell in cells(path, "code"))
    return [ast.parse(source) for source in sources]


def test_there_are_the_five_notebooks_in_number_order() -> None:
    assert [path.stem for path in BOOKS] == NAMES


@every_book
def test_a_notebook_is_stored_without_outputs_and_is_valid(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in book.cells if cell.cell_type == "code")
    assert set(book.metadata) <= {"kernelspec", "language_info"}
    assert "/home/" not in path.read_text(encoding="utf-8")


@every_book
def test_a_code_cell_has_at_most_twelve_lines_and_no_function(path: Path) -> None:
    for cell in cells(path, "code"):
        assert len(cell.source.splitlines()) <= MOST_LINES, cell.source
        assert max(map(len, cell.source.splitlines())) <= 160, cell.source
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for tree in code_of(path) for node in ast.walk(tree) if isinstance(node, kinds)]


@every_book
def test_a_notebook_names_no_path_and_touches_no_file(path: Path) -> None:
    for tree in code_of(path):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(
                    r"^[~.]*/\w|^[A-Za-z]:\\|^[\w.-]+(/[\w.-]+)+$|\b(data|reports|tmp|home)/", node.value
                )
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert called not in ON_DISK


@every_book
def test_the_first_code_cell_holds_the_parameters_and_nothing_else(path: Path) -> None:
    first, *others = cells(path, "code")
    assert first.metadata.get("tags") == ["parameters"]
    assert not any("parameters" in cell.metadata.get("tags", []) for cell in others)
    targets = [node.targets[0] for node in ast.parse(first.source).body if isinstance(node, ast.Assign)]
    names = [name.id for target in targets for name in (target.elts if isinstance(target, ast.Tuple) else [target])]
    assert len(targets) == len(ast.parse(first.source).body)
    assert names[0] == "LANGUAGE"
    assert all(name.isupper() for name in names)


@every_book
def test_the_opening_says_question_population_period_tables_and_exhibits(path: Path) -> None:
    opening = nbformat.read(path, as_version=4).cells[0]
    assert opening.cell_type == "markdown"
    assert opening.source.startswith("# ")
    for word in ("Population · 对象", "Period · 时间", "Tables · 所用表", "Exhibits · "):
        assert f"| {word}" in opening.source


@every_book
def test_prose_says_it_twice_english_first_and_holds_no_number(path: Path) -> None:
    for cell in cells(path, "markdown"):
        said = re.sub(r"`[^`]*`", "", cell.source)
        for part in re.split(r"\n\n(?=\|)|\n(?=## )", said):
            assert LATIN.search(part), part
            assert CHINESE.search(part), part
        assert LATIN.search(said).start() < CHINESE.search(said).start(), said  # type: ignore[union-attr]
        assert not re.search(r"\d", said), "numbers in prose are computed: " + said


@every_book
def test_prose_stands_before_every_part_and_says_what_could_be_wrong(path: Path) -> None:
    headings = [cell.source.splitlines()[0] for cell in cells(path, "markdown")]
    assert any("What could be wrong" in heading for heading in headings)
    assert "What to look at next" in headings[-1]


def exhibits_of(path: Path) -> list[tuple[str, str]]:
    """Name and drawing function of every exhibit that a notebook publishes."""
    calls = [node for tree in code_of(path) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    calls = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "exhibit"]
    return [(node.args[0].value, node.args[2].attr) for node in calls]  # type: ignore[attr-defined]


@every_book
def test_what_a_notebook_publishes_is_what_the_report_publishes(path: Path) -> None:
    plan = {item.name: item.draw.__name__ for item in ITEMS if item.draw is not None}
    found = exhibits_of(path)
    assert bool(found) != path.name.startswith(QUALITY)
    assert all(plan[name] == draw for name, draw in found)


def run(where: Path, processed: Path, language: str) -> dict[str, str]:
    """Execute all notebooks; their pages by name."""
    environment = {"LOUXING_PROCESSED": str(processed), "LOUXING_REPORTS": str(where)}
    root = paths.default().root
    done = execute.run_notebooks(BOOKS, where / "internal", {"LANGUAGE": language}, environment, root, STAMP)
    assert [path for path, _ in done] == BOOKS
    return {path.stem: (where / "internal" / f"{path.stem}.html").read_text(encoding="utf-8") for path in BOOKS}


@pytest.mark.slow
def test_all_notebooks_run_in_one_kernel_and_their_pages_are_fit_for_the_office(office: Office, tmp_path: Path) -> None:
    pages = run(tmp_path, office.where.processed, "zh")
    for name, page in pages.items():
        assert STAMP in page
        assert not re.search(
            r"<script|@import|url\((?![\"']?data:)|(?:src|href)\s*=\s*[\"']?\s*(?:https?:)?//", page
        ), name
        pictures = re.findall(r"<img [^>]*>", page)
        assert pictures
        texts = [re.search(r'alt="([^"]*)"', picture) for picture in pictures]
        assert all(text is not None and len(html.unescape(text.group(1))) > 8 for text in texts), name
        assert not re.search(r"Traceback|Warning|&lt;Figure", page), name
        assert not re.search(r"<td>(nan|None|NaT|&lt;NA&gt;)</td>", page), name
    untold = [gap for page in pages.values() for gap in re.findall(r"cannot be told: ([^<]*)", page)]
    assert all("too small to publish" in gap for gap in untold)  # a hundred households by township hold small counts
    index = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "exhibits").glob("*.json")}
    plan = {item.name: item for item in ITEMS}
    published = {name for path in BOOKS for name, _ in exhibits_of(path)}
    assert set(index) <= published
    assert len(published) == len(index) + len(untold)
    for name, told in index.items():
        chosen = {
            key: ["township" if one == PLACE else one for one in value] for key, value in plan[name].choices.items()
        }
        assert told["indicator"] == plan[name].indicator
        assert told["options"] == chosen
        assert told["made_up"]


@pytest.mark.slow
def test_an_office_with_income_ledgers_only_gets_its_notebooks_with_the_gaps_named(
    office: Office, tmp_path: Path
) -> None:
    processed = tmp_path / "processed"
    shutil.copytree(office.where.processed, processed)
    facts = store.read_run(processed)
    for table in set(reference.load().ledgers["ledger"]) - {"households", "members", "incomes"}:
        store.write(table, store.read(table, processed).head(0), processed)
        facts["tables"][table] = 0
    store.write_run(facts, processed)
    pages = run(tmp_path, processed, "en")
    assert "cannot be told: " not in pages["30-income-change"]
    assert "cannot be told: " in pages["40-participation"]
    assert "cannot be told: " in pages["50-assistance-coverage"]
    assert (tmp_path / "exhibits" / "income-per-head.svg").exists()


def test_parameters_are_replaced_by_name_and_others_left() -> None:
    source = 'LANGUAGE = "zh"  # zh | en\nFIRST_YEAR = None\nlower = 1'
    assert execute.with_parameters(source, {"LANGUAGE": "en", "lower": 2, "OTHER": 3}) == (
        "LANGUAGE = 'en'\nFIRST_YEAR = None\nlower = 2"
    )


def test_a_picture_takes_its_own_text_and_else_the_prose_above(tmp_path: Path) -> None:
    own = new_output("display_data", data={"image/png": "AAAA", "text/plain": 'Income rose & "fell"'})
    bare = new_output("display_data", data={"image/png": "AAAA", "text/plain": "<Figure size 1x1 with 1 Axes>"})
    gap = new_output("error", ename="NoLine", evalue="income: 2016 <finds> 0 lines", traceback=[])
    book = [new_markdown_cell("# Title\n\nmore"), new_code_cell("draw()", outputs=[own, bare, gap])]
    page = write_notebook("one", book, tmp_path, STAMP).read_text(encoding="utf-8")
    assert 'alt="Income rose &amp; &quot;fell&quot;"' in page
    assert 'alt="Title"' in page
    assert "cannot be told: income: 2016 &lt;finds&gt; 0 lines" in page


def test_a_table_shows_itself_with_its_texts_escaped() -> None:
    table = Table("t", "<b>", ("place", "n"), (("A & B", "1"),), 1, "note")
    assert table._repr_html_() == (
        "<table><caption>&lt;b&gt;</caption>"
        '<thead><tr><th scope="col">place</th><th scope="col" class="number">n</th></tr></thead>'
        '<tbody><tr><th scope="row">A &amp; B</th><td>1</td></tr></tbody></table><p>note</p>'
    )


def test_a_line_that_is_not_there_is_said_in_plain_words() -> None:
    meetings = pd.DataFrame({
        "meeting_date": pd.to_datetime(["2019-05-01"]), "expected_count": [10], "present_count": [4], "excused_count": [1],
    })  # fmt: skip
    measured = registry.measure("meeting_attendance", {"meetings": meetings}.__getitem__)
    assert measured.line(period=2019)["value"] == 4 / 10
    with pytest.raises(NoLine) as told:
        measured.line(period=2018)
    assert str(told.value).startswith("meeting_attendance: {'period': 2018}")
