"""What a chart or a report needs of a Measured: its card, its frame, its groups; and small ways to read the frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import pandas as pd

from louxing_analysis import reference

TOTALS = frozenset({"total", "all", ""})
"""How a group column says that a line is the sum over that group; a missing group is "not stated", a part like others."""

COLUMNS = ("indicator", "period", "numerator", "denominator", "value", "low", "high", "unit", "missing")


class Shown(Protocol):
    """The shape of a Measured, protected or not; frame columns: indicator, groups…, period, numerator … missing."""

    @property
    def card(self) -> Any:
        """What is measured, in words."""
        ...

    @property
    def frame(self) -> pd.DataFrame:
        """The lines."""
        ...

    @property
    def groups(self) -> tuple[str, ...]:
        """The group columns."""
        ...


class NothingToDraw(ValueError):
    """A Measured without a line that has a value; the message names the indicator."""


def is_total(values: pd.Series) -> pd.Series:
    """Which entries of a group column stand for the sum over it."""
    return values.notna() & values.astype("str").isin(TOTALS)


def whole(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The lines that are totals over these group columns; columns that are absent do not matter."""
    for column in columns:
        if column in frame:
            frame = frame[is_total(frame[column])]
    return frame


def parts(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The lines that are not totals over these group columns."""
    for column in columns:
        if column in frame:
            frame = frame[~is_total(frame[column])]
    return frame


def hidden(frame: pd.DataFrame) -> pd.Series:
    """Which lines were hidden to protect small counts; none in a frame that was never protected."""
    if "hidden" not in frame:
        return pd.Series(False, index=frame.index)
    return frame["hidden"].astype(bool)


def drawable(measured: Shown) -> pd.DataFrame:
    """The frame in its own order, numbers as floats; raises NothingToDraw where no line has a value."""
    frame = measured.frame.reset_index(drop=True)
    numeric = [name for name in ("numerator", "denominator", "value", "low", "high", "missing") if name in frame]
    frame = frame.assign(**{name: frame[name].astype("float64") for name in numeric})
    if frame["value"].isna().all():
        name = getattr(measured.card, "name_zh", ""), getattr(measured.card, "name_en", "")
        raise NothingToDraw(f"{name[0]} / {name[1]}: 没有可画的数值 / no value to draw")
    return frame


def periods(frame: pd.DataFrame) -> list[str]:
    """The periods in order, as text."""
    return sorted(frame["period"].astype("str").unique())


def in_order(vocabulary: str, present: Iterable[object]) -> list[str]:
    """The codes that are there, in the order of their vocabulary; those it does not know follow as they come."""
    codes = list(dict.fromkeys(str(code) for code in present))
    known = reference.load().order(vocabulary)
    return [code for code in known if code in codes] + [code for code in codes if code not in known]


def place_column(measured: Shown) -> str | None:
    """The finest place a Measured is grouped by: village, else township, else none."""
    return next((name for name in ("village", "township") if name in measured.groups), None)


def latest(frame: pd.DataFrame) -> pd.DataFrame:
    """The lines of the last period that has a value."""
    last = max(frame.loc[frame["value"].notna(), "period"].astype("str"))
    return frame[frame["period"].astype("str") == last]


def crossed(frame: pd.DataFrame, rows: str, columns: str, values: str = "value") -> pd.DataFrame:
    """One figure for each pair of two group columns, as a table; raises ValueError where a pair has several lines."""
    twice = frame.duplicated([rows, columns])
    if twice.any():
        pair = frame.loc[twice, [rows, columns]].iloc[0].tolist()
        raise ValueError(
            f"{rows} × {columns}: {pair} 有多行，请先用 select 选定其他分组 / has several lines: select the other groups first"
        )
    return frame.pivot(index=rows, columns=columns, values=values)  # noqa: PD010
