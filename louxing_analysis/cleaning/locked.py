"""Workbooks that are encrypted with the password every spreadsheet program tries by itself.

A workbook that is only protected against changes is written encrypted with a password that is the same everywhere, so it
opens without being asked for one; tables of published yearbooks come this way. Any other password is nobody's to guess.
"""

from __future__ import annotations

import io
import re

_EVERYBODYS = "VelvetSweatshop"  # [MS-OFFCRYPTO] 2.2: the default password of Excel
_MOST_TURNS = 200_000  # of the key; Excel writes 100,000, a hostile file may state billions
_TURNS = re.compile(rb"spinCount\s*=\s*[\"'](\d{1,12})")


def unlock(data: bytes, most: int) -> bytes | None:
    """The workbook behind the default password, or None where that does not open it or gives more than `most` bytes."""
    import msoffcrypto  # read only where a file is encrypted

    opened = io.BytesIO()
    try:
        if not _is_quick(data):
            return None
        book = msoffcrypto.OfficeFile(io.BytesIO(data))
        book.load_key(password=_EVERYBODYS)
        book.decrypt(opened)
    except Exception:  # a damaged or hostile container fails in any way the parser knows
        return None
    found = opened.getvalue()
    return found if 0 < len(found) <= most else None


def _is_quick(data: bytes) -> bool:
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as container:
        if not container.exists("EncryptionInfo"):
            return True
        stated = _TURNS.findall(container.openstream("EncryptionInfo").read(100_000))
    return all(int(turns) <= _MOST_TURNS for turns in stated)
