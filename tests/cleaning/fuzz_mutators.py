"""Ways to break a workbook: its bytes, the members of its package, its XML, its records, its cells."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
from collections.abc import Callable

from tests.cleaning.made_files import zipped

Mutator = Callable[[random.Random, bytes], bytes]

_NUMBERS = [
    "0",
    "-1",
    "1",
    "2",
    "255",
    "65535",
    "65536",
    "16384",
    "1048576",
    "1048577",
    "2147483648",
    "4294967295",
    "9" * 30,
]
_VALUES = [
    *_NUMBERS,
    "",
    "x",
    "NaN",
    "1e999",
    "-0",
    "1.5",
    " 7 ",
    "A1",
    "XFD1048576",
    "A0",
    "a1",
    "ZZZZ1",
    "A1:XFD1048576",
    "s",
    "str",
    "b",
    "e",
    "d",
    "n",
    "inlineStr",
    "true",
    "1",
    "&#48;",
    "&lt;",
    "甲村",
    "_x000D_",
    "_xD800_",
    "\u0085",
    "长" * 3000,
]
_INSERTED = [
    "<!-- x -->",
    "<?x y?>",
    "&bad;",
    "<",
    ">",
    '"',
    "\0",
    "\x07",
    "\ufffe",
    " " * 5000,
    '<!DOCTYPE a [<!ENTITY b "c">]>',
]
_ELEMENTS = [
    "<![CDATA[5]]>",
    "&#65;",
    "<v>9</v>",
    "<t>x</t>",
    "<r><t>y</t></r>",
    "<rPh><t>z</t></rPh>",
    "<f>A1</f>",
    "</row><row>",
    "</c><c>",
    "<v/>",
    "<is/>",
]
_TEXTS = [
    b'"',
    b"'",
    b",",
    b"\t",
    b";",
    b"\n",
    b"\r",
    b"\r\n\r\n",
    b"\0",
    b"\x1a",
    b"\xff",
    b"\xed\xa0\x80",
    b"=",
    b'="1"',
    b"<table>",
    b"</td>",
    b"<td rowspan=99999 colspan=99999>",
    b"\xc4\xe3",
    "甲村乙村".encode(),
    "甲村".encode("utf-16"),
    b"<!--",
    b"\xef\xbb\xbf",
    b"sep=;\n",
]


def change_bytes(rng: random.Random, data: bytes) -> bytes:
    """Some bytes set, removed, doubled, swapped or cut off."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 4, 16])):
        at, length = rng.randrange(max(len(changed), 1)), rng.choice([1, 1, 2, 4, 8, 64, 512])
        way = rng.randrange(7)
        if way <= 1 and changed:
            changed[at] = rng.randrange(256)
        elif way == 2:
            changed[at : at + 4] = struct.pack(
                "<I", rng.choice([0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 65_536, rng.randrange(1 << 32)])
            )
        elif way == 3:
            del changed[at : at + length]
        elif way == 4:
            changed[at:at] = changed[at : at + length]
        elif way == 5:
            other = rng.randrange(max(len(changed), 1))
            changed[at : at + length] = changed[other : other + length]
        elif rng.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def change_text(rng: random.Random, data: bytes) -> bytes:
    """Quotes, separators, tags and halves of characters put anywhere."""
    for _ in range(rng.choice([1, 1, 2, 5])):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(_TEXTS) * rng.choice([1, 1, 1, 3, 200]) + data[at + rng.choice([0, 0, 1, 2]) :]
    return data


def change_members(rng: random.Random, data: bytes) -> bytes:
    """A member of the package dropped, doubled, exchanged with another, emptied, cut, or changed inside."""
    parts = _parts(data)
    names = list(parts)
    one, other = rng.choice(names), rng.choice(names)
    way = rng.randrange(8)
    if way == 0:
        del parts[one]
    elif way == 1:
        parts[one], parts[other] = parts[other], parts[one]
    elif way == 2:
        parts[one] = b""
    elif way == 3:
        parts[one] = parts[one][: rng.randrange(len(parts[one]) + 1)]
    elif way == 4:
        parts[one.upper()] = parts[other]
    elif way == 5:
        return zipped([*parts.items(), (one, parts[other])])
    else:
        parts[one] = change_bytes(rng, parts[one])
    return zipped(list(parts.items()))


def change_xml(rng: random.Random, data: bytes) -> bytes:
    """An attribute, a tag or a text of the XML changed; of a package, in one of its parts."""
    if not data.startswith(b"PK"):
        return _changed_xml(rng, data)
    parts = _parts(data)
    sheets = [name for name in parts if re.search(r"sheet\d*\.|/s\.xml|content|shared|styles", name)]
    name = rng.choice(sheets if sheets and rng.random() < 0.7 else list(parts))
    parts[name] = _changed_xml(rng, parts[name])
    return zipped(list(parts.items()))


def _changed_xml(rng: random.Random, data: bytes) -> bytes:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = data.decode(encoding, "replace")
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        text = rng.choice([_attribute, _attribute, _tag, _content, _content, _insert])(rng, text)
    return text.encode(encoding, "replace")


def _one(rng: random.Random, pattern: str, text: str) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text, re.DOTALL))
    return rng.choice(found) if found else None


def _attribute(rng: random.Random, text: str) -> str:
    found = _one(rng, r'\s([\w:]+)=(["\'])(.*?)\2', text)
    if found is None:
        return text
    way = rng.randrange(4)
    if way == 0:
        return text[: found.start()] + text[found.end() :]
    if way == 1:
        return text[: found.start()] + found[0] + found[0] + text[found.end() :]
    if way == 2:
        other = _one(rng, rf'\s{re.escape(found[1])}=(["\'])(.*?)\1', text)
        value = other[2] if other else ""
    else:
        value = rng.choice(_VALUES)
    return text[: found.start(3)] + value + text[found.end(3) :]


def _tag(rng: random.Random, text: str) -> str:
    found = _one(rng, r"<[^<>]+>", text)
    if found is None:
        return text
    way = rng.randrange(4)
    if way == 0:
        return text[: found.start()] + text[found.end() :]
    if way == 1:
        return text[: found.end()] + found[0] * rng.choice([1, 1, 5, 500]) + text[found.end() :]
    if way == 2:
        whole = _one(
            rng, r"<(c|row|si|xf|Cell|Row|mergeCell|table:table-row|table:table-cell|tr|td)\b[^>]*>.*?</\1>", text
        )
        return text if whole is None else text[: whole.end()] + whole[0] + text[whole.end() :]
    other = _one(rng, r"<[^<>]+>", text)
    return text if other is None else text[: found.start()] + other[0] + text[found.end() :]


def _content(rng: random.Random, text: str) -> str:
    found = _one(rng, r">([^<>]+)<", text)
    return text if found is None else text[: found.start(1)] + rng.choice(_VALUES) + text[found.end(1) :]


def _insert(rng: random.Random, text: str) -> str:
    found = _one(rng, r"[<>]", text)
    at = found.end() if found else 0
    return text[:at] + rng.choice(_INSERTED + _ELEMENTS if "<sheetData" in text else _INSERTED) + text[at:]


def change_records(rng: random.Random, data: bytes) -> bytes:
    """Records of an .xls stream or an .xlsb part changed, dropped, doubled or moved, the rest left whole."""
    if data.startswith(b"PK"):
        parts = _parts(data)
        name = rng.choice([name for name in parts if name.endswith(".bin")])
        body = bytearray(parts[name])
        for _ in range(rng.choice([1, 1, 2, 4])):
            if body:
                body[rng.randrange(len(body))] = rng.choice([0, 1, 2, 7, 0x7F, 0x80, 0xFF, rng.randrange(256)])
        parts[name] = bytes(body)
        return zipped(list(parts.items()))
    changed = bytearray(data)
    starts = [
        at
        for at in range(512, len(data) - 8, 2)
        if data[at + 1 : at + 2] in (b"\0", b"\2", b"\4", b"\x08") and data[at + 3] < 2
    ]
    for _ in range(rng.choice([1, 1, 2, 4])):
        at = rng.choice(starts) + rng.randrange(12)
        if at < len(changed):
            changed[at] = rng.choice([0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF, rng.randrange(256)])
    return bytes(changed)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


_PACKAGED = (change_bytes, change_members, change_xml, change_xml, change_xml)
MUTATORS: dict[str, tuple[Mutator, ...]] = {
    "xlsx": _PACKAGED,
    "xlsm": _PACKAGED,
    "ods": _PACKAGED,
    "xlsb": (change_bytes, change_members, change_records, change_records),
    "xls": (change_bytes, change_records, change_records),
    "csv": (change_bytes, change_text),
    "html": (change_bytes, change_text, change_xml),
    "xml2003": (change_bytes, change_text, change_xml),
    "mht": (change_bytes, change_text),
}
