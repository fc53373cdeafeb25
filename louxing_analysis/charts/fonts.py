"""The common part of the font: cutting a chart's few characters out of 30,000 glyphs costs a second each time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import matplotlib as mpl

COMMON = "Louxing Common SC"
"""The family name of the part, so that it is told apart from the whole font."""

_LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2040),
    0x2103,
    0x2190,
    0x2191,
    0x2192,
    0x2193,
    0x2212,
    0x2248,
    0x2264,
    0x2265,
]


def common_characters() -> list[int]:
    """Latin, punctuation and the 3,755 commonest Chinese characters (GB 2312, level 1), by code point."""
    chinese = []
    for high in (*range(0xA1, 0xAA), *range(0xB0, 0xD8)):
        for low in range(0xA1, 0xFF):
            try:
                chinese.append(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return sorted({*_LATIN, *chinese})


def common_part(path: Path) -> Path:
    """A font file with the common characters of `path` only, made once and kept in matplotlib's cache folder.

    Its outlines and widths are those of the font, so nothing looks different. Raises OSError where nothing can be kept.
    """
    stated = f"{path.name} {path.stat().st_size} 2"
    target = Path(mpl.get_cachedir()) / f"louxing-common-{hashlib.sha256(stated.encode()).hexdigest()[:12]}.ttf"
    if not target.exists():
        _cut(path, target)
    return target


def _cut(path: Path, target: Path) -> None:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, name_IDs=["*"])
    font = TTFont(path, lazy=True, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=common_characters())
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in {1, 4, 16}:
            record.string = COMMON
        if record.nameID == 6:
            record.string = COMMON.replace(" ", "")
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=target.parent, suffix=".ttf")
    os.close(handle)
    font.save(partial)
    os.replace(partial, target)  # two runs at once each see a whole file
