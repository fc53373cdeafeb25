"""The notebooks, run in order in one warm kernel, and written out as HTML for people inside the office."""

from __future__ import annotations

import ast
import os
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from louxing_analysis.report.notebook_page import write_notebook

RESET = """
%reset -f
import matplotlib, pandas, warnings
matplotlib.rcdefaults()
pandas.reset_option("all")
from matplotlib import pyplot
from matplotlib.figure import Figure
pyplot.close("all")
get_ipython().display_formatter.formatters["text/plain"].for_type(
    Figure, lambda figure, printer, cycle: printer.text(str(figure.get_label()) or repr(figure)))
"""
"""Between two notebooks nothing may be left over: names, settings, figures. A figure's label is its text for who cannot see it."""

CANNOT_TELL = ("NothingProcessed", "NothingToDraw", "CannotProtect", "NoLine", "NoThreshold")
"""What a cell may raise where the ledgers do not tell what it asks for: the page says so, and the notebook goes on."""


class NotebookFailed(RuntimeError):
    """A cell of a notebook raised; the message names notebook, cell and error in one line."""


def run_notebooks(
    notebooks: Iterable[Path],
    target: Path,
    parameters: dict[str, Any],
    environment: dict[str, str],
    root: Path,
    stamp: str,
    step: Callable[[str], None] | None = None,
) -> list[tuple[Path, float]]:
    """Execute every notebook in one kernel and write `<name>.html` below `target`; seconds for each.

    `parameters` replace the values of names that a notebook's cell tagged `parameters` assigns; `stamp` is written over
    every page. A notebook that fails does not keep the others from being written; NotebookFailed then names all that did.
    """
    import nbformat
    from jupyter_client.manager import KernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    manager = KernelManager(kernel_name="python3")
    # the kernel's own notes about its transport are not for people who run a report
    manager.start_kernel(cwd=str(root), env={**os.environ, **environment}, extra_arguments=["--log-level=ERROR"])
    done: list[tuple[Path, float]] = []
    failed: list[NotebookFailed] = []
    try:
        for path in notebooks:
            started = time.perf_counter()
            book = nbformat.read(path, as_version=4)
            book.cells.insert(0, nbformat.v4.new_code_cell(RESET, metadata={"tags": ["reset"]}))
            for cell in book.cells:
                if "parameters" in cell.metadata.get("tags", []):
                    cell.source = with_parameters(cell.source, parameters)
            client = NotebookClient(
                book, km=manager, timeout=300, record_timing=False, allow_error_names=[*CANNOT_TELL, "NameError"],
                resources={"metadata": {"path": str(root)}},
            )  # fmt: skip
            try:
                client.execute(reset_kc=False, cleanup_kc=False)
                refer_back(book, path.name)
            except CellExecutionError as error:
                failed.append(NotebookFailed(f"{path.name}: {_last_line(str(error))}"))
                continue
            except NotebookFailed as error:
                failed.append(error)
                continue
            write_notebook(path.stem, book.cells[1:], target, stamp)
            done.append((path, time.perf_counter() - started))
            if step:
                step(path.stem)
    finally:
        manager.shutdown_kernel(now=True)
    if failed:
        raise NotebookFailed("; ".join(str(error) for error in failed))
    return done


def with_parameters(source: str, parameters: dict[str, Any]) -> str:
    """The source of a parameters cell with the values of known names replaced, one assignment a line."""
    lines = []
    for line in source.splitlines():
        found = re.match(r"^(\w+)\s*=", line)
        lines.append(
            f"{found.group(1)} = {parameters[found.group(1)]!r}" if found and found.group(1) in parameters else line
        )
    return "\n".join(lines)


def refer_back(book: Any, name: str) -> None:
    """Let cells that lack what an untellable cell would have given them say so; raises NotebookFailed for other NameErrors."""
    lost: set[str] = set()
    for cell in (cell for cell in book.cells if cell.cell_type == "code"):
        for error in (output for output in cell.outputs if output.output_type == "error"):
            if error.ename == "NameError":
                if not lost & set(re.findall(r"'(\w+)'", error.evalue)):
                    raise NotebookFailed(f"{name}: NameError: {error.evalue}")
                error.evalue = "见上文 / see above"
            lost |= _assigned(cell.source)


def _assigned(source: str) -> set[str]:
    """The names that a cell gives a value to, IPython's own lines left out."""
    tree = ast.parse("\n".join(line for line in source.splitlines() if not line.startswith("%")))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _last_line(text: str) -> str:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    return lines[-1] if lines else "?"
