"""The villages and communities that there are on a day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from louxing_analysis.indicators.populations import find

KINDS = ("village", "community")


def places_on(places: pd.DataFrame, day: date) -> pd.DataFrame:
    """Each village and community in force on a day once: position (in `places`), township, village, place_kind.

    A village listed without its township (the article does not name it) is left out where it is listed with one as well.
    """
    frame = places[["township", "village", "kind"]].reset_index(drop=True).rename(columns={"kind": "place_kind"})
    since, until = (_day(places[name]) for name in ("since", "until"))
    on = np.datetime64(day, "D")
    live = (np.isnat(since) | (since <= on)) & (np.isnat(until) | (until >= on))
    frame["position"] = np.arange(len(frame))
    frame = frame[live & frame["place_kind"].isin(KINDS).to_numpy() & told(frame["village"])]
    nowhere = ~told(frame["township"]) & frame["village"].isin(frame["village"][told(frame["township"])]).to_numpy()
    return frame[~nowhere].drop_duplicates(["township", "village"]).reset_index(drop=True)


def told(texts: pd.Series) -> np.ndarray:
    """Which texts say something."""
    return np.asarray(texts.notna() & (texts != ""), dtype=bool)


def _day(texts: pd.Series) -> np.ndarray:
    """Days out of ISO texts, NaT where nothing is written."""
    return pd.to_datetime(texts.where(told(texts))).to_numpy(dtype="datetime64[D]")


def in_place(frame: pd.DataFrame, there: pd.DataFrame) -> np.ndarray:
    """For each row the number of its place in `there`, −1 where it is none of them."""
    return find(frame, there, ["township", "village"])
