"""Whether anything may leave the office as the data stand, and what every page has to say of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from louxing_analysis import store
from louxing_analysis.problems import FOOTNOTED, STRUCTURAL

ALLOW = "LOUXING_ALLOW_INCOMPLETE"
"""Set to 1 by a run that was told --allow-incomplete, for the notebooks that it executes."""


class PublishingRefused(RuntimeError):
    """Nothing may leave the office as things stand; the message says why and what clears the way."""


def refusal(facts: dict[str, Any], *, allow_incomplete: bool) -> str:
    """Why nothing may be published, in one line, or nothing. `facts`: what run.json says."""
    if facts["is_mixed"]:
        return (
            "data/raw 中既有示例文件又有其他台账，不予发布；请先运行 louxing sample --remove / made-up and other workbooks stand "
            "together in data/raw: nothing is published; run louxing sample --remove first"
        )
    if facts["blocking"] and not allow_incomplete:
        count = facts["blocking"]
        return (
            f"有 {count} 个结构性问题，不予发布；请处理后重跑，或加 --allow-incomplete（每页注明缺什么） / {count} structural surprises: "
            "nothing is published; mend them and run again, or add --allow-incomplete, which says on every page what is missing"
        )
    return ""


def require(processed: Path | str | None = None) -> dict[str, Any]:
    """What run.json says, where publishing is allowed; raises PublishingRefused, or NothingProcessed without a run."""
    facts = store.read_run(processed)
    why = refusal(facts, allow_incomplete=os.environ.get(ALLOW) == "1")
    if why:
        raise PublishingRefused(why)
    return facts


def footnotes(language: str, processed: Path | str | None = None) -> list[str]:
    """What every page has to say of the data it stands on: columns not read, sheets and files left out."""
    problems = store.read("problems", processed)
    structural = problems[problems["severity"] == STRUCTURAL]
    unread = structural[structural["reason"].isin(FOOTNOTED)]
    lost = structural[~structural["reason"].isin(FOOTNOTED)]
    notes = []
    if len(unread):
        heads = "、".join(sorted(set(unread["found"]))[:6])
        notes.append(
            f"有 {len(unread)} 列表头未登记，未读取：{heads}" if language == "zh"
            else f"{len(unread)} columns with unknown headers were not read: {heads}"
        )  # fmt: skip
    if len(lost):
        names = sorted({" › ".join(filter(None, pair)) for pair in zip(lost["workbook"], lost["sheet"], strict=True)})
        shown = "；".join(names[:8]) + (" …" if len(names) > 8 else "")
        notes.append(f"数据不完整，未包括：{shown}" if language == "zh" else f"Incomplete data; left out: {shown}")
    return notes
