"""What following the households leaves open: named at the household's row, with the row it was compared with."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from louxing_analysis.cleaning.cells import Array
from louxing_analysis.cleaning.household_links import Years
from louxing_analysis.cleaning.link import Register
from louxing_analysis.cleaning.validate import Finding

Pseudonymise = Callable[[str, pd.Series], Array]


def years_of_register(register: Register, households: pd.DataFrame, members: pd.DataFrame, kept: pd.DataFrame) -> Years:
    """The household-years with what the register's rows say of them; `kept`: the rows of `households` that stand."""
    count, size = register.rows.households, len(register.nodes)
    node = register.node
    struck = np.zeros(size, dtype=bool)
    if "exit_status_code" in households:
        of = node[:count][households["exit_status_code"].eq("left_register").to_numpy(dtype=bool)]
        struck[of[of >= 0]] = True
    deceased = register.nodes.listed.copy()
    codes = members["health_codes"].astype("str") if "health_codes" in members else pd.Series("", index=members.index)
    alive = node[count:][~codes.str.contains("deceased", na=False).to_numpy(dtype=bool)]
    deceased[alive[alive >= 0]] = False
    stands = np.zeros(size, dtype=bool)
    mine = node[:count][kept.index.to_numpy()]
    stands[mine[mine >= 0]] = True
    township, village = (_first(text, node, size) for text in (register.rows.township, register.rows.village))
    return Years(register.nodes, register.followed, register.keys, township, village, struck, deceased, stands)


def _first(texts: pd.Series, node: Array, size: int) -> Array:
    """Of the texts of a household-year the first in their order; None where there is none."""
    out = np.full(size, None, dtype=object)
    known = texts.notna().to_numpy() & (node >= 0)
    found = pd.DataFrame({"node": node[known], "text": texts[known].to_numpy(dtype=object)}).drop_duplicates()
    found = found.sort_values(["node", "text"]).drop_duplicates("node")
    out[found["node"]] = found["text"].to_numpy(dtype=object)
    return out


def stored_links(frame: pd.DataFrame, column: str, pseudonymise: Pseudonymise) -> pd.DataFrame:
    """The table with pseudonyms in place of keys: in household_id and, joined by a bar, in `column`."""
    keys = pd.Series(sorted({key for several in frame[column] for key in several} | set(frame["household_id"])))
    hidden = dict(zip(keys, pseudonymise("household", keys.astype(object)), strict=True))
    joined = ["|".join(hidden[key] for key in several) or None for several in frame[column]]
    out = frame.assign(
        household_id=pd.array(frame["household_id"].map(hidden), dtype="str"), **{column: pd.array(joined, dtype="str")}
    )
    order = [name for name in ("household_id", "register_year", "last_year") if name in out]
    return out.sort_values(order, kind="stable", ignore_index=True)


def notes(register: Register, households: pd.DataFrame) -> list[Finding]:
    """Ties that were broken, codes given out anew, and households that may be one but were kept apart.

    One finding a reason, over the rows of `households`; the detail names the row of the earlier year.
    """
    followed = register.followed
    tied = np.flatnonzero(followed.tied)
    cases = (
        ("household_link_tied", tied, followed.before[tied]),
        ("household_code_reused", *followed.reused[:, :2].T),
        ("household_link_likely", *followed.likely[:, :2].T),
    )
    node = register.node[: register.rows.households]
    first = np.full(len(register.nodes), -1)
    first[node[::-1][node[::-1] >= 0]] = np.flatnonzero(node >= 0)[::-1]
    return [found for reason, mine, theirs in cases if (found := _finding(reason, first, mine, theirs, households))]


def _finding(reason: str, first: Array, mine: Array, theirs: Array, households: pd.DataFrame) -> Finding | None:
    rows, details = np.zeros(len(households), dtype=bool), np.full(len(households), "", dtype=object)
    for own, other in zip(first[mine].tolist(), first[theirs].tolist(), strict=True):
        if own >= 0:
            rows[own] = True
            where = address(households, other) if other >= 0 else ""
            details[own] = "；".join(part for part in (details[own], where) if part)
    return Finding(rows, reason, "household_id", details) if rows.any() else None


def address(frame: pd.DataFrame, at: int) -> str:
    """File › sheet › row of the row at a place."""
    return " › ".join(str(frame[name].iloc[at]) for name in ("workbook", "sheet", "row"))
