"""Workbooks under the password that every spreadsheet program tries by itself open; others do not."""

from __future__ import annotations

import io
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from louxing_analysis.cleaning.locked import unlock
from louxing_analysis.cleaning.workbook import read_workbook

EVERYBODYS = "VelvetSweatshop"


def locked(password: str) -> bytes:
    """A workbook of two cells, encrypted with a password."""
    plain, closed = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["村", 12])
    book.save(plain)
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt(password, closed)
    return closed.getvalue()


def test_a_workbook_only_protected_against_changes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "年鉴.xls"
    path.write_bytes(locked(EVERYBODYS))
    book = read_workbook(path, path.name)
    assert book.kind == "xlsx"
    assert not book.problems
    assert book.sheets[0].values.tolist() == [["村", 12]]


def test_any_other_password_is_named_and_nothing_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(locked("another"))
    book = read_workbook(path, path.name)
    assert not book.sheets
    assert [problem.reason for problem in book.problems] == ["encrypted_file"]


def test_a_key_that_takes_for_ever_is_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = locked(EVERYBODYS).replace(b'spinCount="100000"', b'spinCount="999999"')
    monkeypatch.setattr("msoffcrypto.OfficeFile", lambda _: pytest.fail("the key was turned"))
    assert unlock(slow, 10**9) is None


@pytest.mark.parametrize("size", [0, 8, 512, 5000])
def test_damaged_containers_give_nothing(size: int) -> None:
    assert unlock(locked(EVERYBODYS)[:size], 10**9) is None


def test_more_than_may_be_read_is_left() -> None:
    assert unlock(locked(EVERYBODYS), 100) is None
