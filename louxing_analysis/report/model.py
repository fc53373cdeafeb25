"""What a report says, before it is any kind of document: sections, sentences, tables, pictures; checked as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

_NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")


class NumberWithoutTable(ValueError):
    """A sentence states a number that no table of the report shows; the message names the sentence."""


@dataclass(frozen=True)
class Cell:
    """One number of a table, as it is printed there."""

    table: str
    row: int
    column: int
    text: str

    def __str__(self) -> str:
        """The printed number, so that a cell fills a blank as it stands in the table."""
        return self.text


@dataclass(frozen=True)
class Sentence:
    """A sentence and the cells that its numbers come from; `names` are words in it that hold digits (P90/P10)."""

    text: str
    cells: tuple[Cell, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Table:
    """A table as printed: texts only; `stubs` columns at the left name the row."""

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    stubs: int = 1
    note: str = ""

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place; negative numbers count from the end."""
        row, column = row % len(self.rows), column % len(self.headings)
        return Cell(self.name, row, column, self.rows[row][column])

    def _repr_html_(self) -> str:
        """How a notebook shows it: caption, headings, rows with their stubs as headings, the note under it."""
        kinds = ["", ' class="number"']
        head = Markup("").join(
            Markup(f'<th scope="col"{kinds[at >= self.stubs]}>{{}}</th>').format(text)
            for at, text in enumerate(self.headings)
        )
        rows = Markup("").join(Markup("<tr>{}</tr>").format(self._row(row)) for row in self.rows)
        page = Markup("<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>")
        note = Markup("<p>{}</p>").format(self.note) if self.note else Markup("")
        return str(page.format(self.title, head, rows) + note)

    def _row(self, row: tuple[str, ...]) -> Markup:
        kinds = ['<th scope="row">{}</th>'] * self.stubs + ["<td>{}</td>"] * (len(row) - self.stubs)
        return Markup("").join(Markup(kind).format(text) for kind, text in zip(kinds, row, strict=True))


@dataclass(frozen=True)
class Picture:
    """A published chart; the drawing is SVG text, the files are relative to the reports folder."""

    name: str
    title: str
    subject: str
    caption: str
    alternative: str
    svg: str
    png: str


Block = Paragraph | Table | Picture


@dataclass(frozen=True)
class Section:
    """A numbered part of a report."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Model:
    """A whole report in one language; `stamp` and `footnotes` stand on every page of every document made of it."""

    title: str
    language: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    stamp: str = ""
    footnotes: tuple[str, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Every block in order."""
        for section in self.sections:
            yield from section.blocks

    def tables(self) -> dict[str, Table]:
        """The tables by name."""
        return {block.name: block for block in self.blocks() if isinstance(block, Table)}


def check(model: Model) -> Model:
    """The same model; raises NumberWithoutTable where a sentence states what no table shows."""
    tables = model.tables()
    for block in model.blocks():
        if isinstance(block, Paragraph):
            for sentence in block.sentences:
                _check_sentence(sentence, tables)
    return model


def _check_sentence(sentence: Sentence, tables: dict[str, Table]) -> None:
    for cell in sentence.cells:
        table = tables.get(cell.table)
        if table is None or table.rows[cell.row][cell.column] != cell.text:
            raise NumberWithoutTable(
                f"「{sentence.text}」: {cell.text} 不在表 {cell.table} 中 / is not in table {cell.table}"
            )
    told = {
        number
        for text in (*(cell.text for cell in sentence.cells), *sentence.names)
        for number in _NUMBER.findall(text)
    }
    stray = [number for number in _NUMBER.findall(sentence.text) if number not in told]
    if stray:
        raise NumberWithoutTable(f"「{sentence.text}」: {'、'.join(stray)} 不在任何表中 / in no table")
