"""Columns that follow from others of the same row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from louxing_analysis.cleaning import row_keys


def add_computed(name: str, frame: pd.DataFrame) -> None:
    """Columns that follow from others of the same row; missing where a part is missing."""
    if name == "incomes":
        part = {
            one: frame[one] if one in frame else pd.Series(np.nan, index=frame.index)
            for one in (
                "wage_income",
                "business_income",
                "business_expense",
                "property_income",
                "transfer_income",
                "net_income",
                "per_capita_net_income",
            )
        }
        frame["net_income"], frame["per_capita_net_income"] = part["net_income"], part["per_capita_net_income"]
        net = (
            part["wage_income"]
            + part["business_income"]
            - part["business_expense"]
            + part["property_income"]
            + part["transfer_income"]
        )
        size = (
            frame["household_size"].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
            if "household_size" in frame
            else np.nan
        )
        frame["computed_net_income"] = net.round(6)
        frame["computed_per_capita_net_income"] = net.where(net.notna(), part["net_income"]) / size
    if name == "members":
        birth = (
            frame["birth_date"]
            if "birth_date" in frame
            else pd.Series(np.full(len(frame), "NaT", "datetime64[s]"), index=frame.index)
        )
        if "id_number:birth" in frame:
            birth = frame["id_number:birth"].where(frame["id_number:birth"].notna(), birth)
        frame["birth_year"] = birth.dt.year.astype("Int64")
        if "id_number:sex" in frame:
            sex = row_keys.column(frame, "sex_code")
            frame["sex_code"] = sex.where(sex.notna(), frame["id_number:sex"])
