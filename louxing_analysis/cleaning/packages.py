"""A zip package (.xlsx .xlsm .xlsb .ods) → its parts, after checks that no small file can inflate, hang or abort us."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from xml.parsers import expat

MOST_INFLATED = 2_000_000_000  # bytes a package may hold when unpacked; 100,000 rows of 40 columns take about 150 MB
MOST_RATIO = 100  # sheets of repeated words shrink 40-fold at most; bombs shrink 1000-fold
_LOCAL = struct.Struct("<4s2xHH16xHH")  # what stands before a part: mark, flags, method, lengths of its name and more
_UTF8 = 0x800
_USUAL_FLAGS = _UTF8 | 0x8 | 0x6  # sizes told behind the part; how hard the packer tried
_RELATION = ("Relationship",)
SMALL = 4_000_000  # below this many unpacked bytes the ratio is nobody's concern
MOST_PARTS = 20_000
MOST_CELLS = 60_000_000  # more than a sheet of 1,048,576 rows and 50 columns
ROOMY = 5_000_000  # a sheet of this many places may be as empty as it likes
EMPTIEST = 50  # above that, at least one place in this many must hold a cell


class Unreadable(Exception):
    """A file or sheet that must not or cannot be read: `reason` is a code of problems.REASONS."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


def open_package(data: bytes) -> zipfile.ZipFile:
    """The package, its directory checked: encrypted, duplicate or bloated parts raise Unreadable."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
        raise Unreadable("damaged_file", "压缩包不完整 / the zip package is cut off or damaged") from error
    names = [_folded(part.filename) for part in parts]
    if len(names) > MOST_PARTS or len(set(names)) < len(names):
        raise Unreadable("hostile_file", "重复或过多的部件 / duplicate or too many parts")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("encrypted_file")
    inflated = sum(part.file_size for part in parts)
    if inflated > MOST_INFLATED or (inflated > SMALL and inflated > MOST_RATIO * max(len(data), 1)):
        raise Unreadable("hostile_file", f"解压后 {inflated} 字节 / {inflated} bytes when unpacked")
    return package


def _folded(name: str) -> str:
    """A part's name as it is looked for: without regard to case, and with the slashes of any system."""
    return name.replace("\\", "/").lower().lstrip("/")


def _find(package: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    exact = package.NameToInfo.get(name)
    if exact is not None:  # open_package has made sure that no other part is called the same in other letters
        return exact
    wanted = _folded(name)
    return next((part for part in package.infolist() if _folded(part.filename) == wanted), None)


def part_bytes(package: zipfile.ZipFile, name: str) -> bytes:
    """One part unpacked; a part whose size or checksum is not what the directory says raises Unreadable."""
    found = _find(package, name)
    if found is None:
        raise Unreadable("damaged_file", f"缺少部件 {name} / lacks the part {name}")
    try:
        content = _unpacked(package.fp, found)
        return package.read(found) if content is None else content
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unreadable("damaged_file", f"部件 {name} 损坏 / the part {name} is damaged") from error


def _unpacked(file: Any, part: zipfile.ZipInfo) -> bytes | None:
    """The part in one go, half the time for small ones; None where anything is not as the directory says."""
    if not isinstance(file, io.BytesIO) or part.flag_bits & ~_USUAL_FLAGS:
        return None
    with file.getbuffer() as data:
        at = part.header_offset
        if at < 0 or at + _LOCAL.size > len(data):
            return None
        mark, flags, method, length, more = _LOCAL.unpack_from(data, at)
        at += _LOCAL.size
        name = bytes(data[at : at + length]).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        if (mark, flags, method, name) != (b"PK\3\4", part.flag_bits, part.compress_type, part.orig_filename):
            return None
        packed = data[at + length + more : at + length + more + part.compress_size]
        if method == zipfile.ZIP_DEFLATED:
            inflate = zlib.decompressobj(-15)
            content = inflate.decompress(packed, part.file_size + 1)
            whole = inflate.eof and not inflate.unused_data
        else:
            content, whole = bytes(packed), method == zipfile.ZIP_STORED
        packed.release()
    return content if whole and len(content) == part.file_size and zlib.crc32(content) == part.CRC else None


def has_part(package: zipfile.ZipFile, name: str) -> bool:
    """Whether the package holds a part of this name."""
    return _find(package, name) is not None


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part exchanged; the others are neither unpacked nor moved."""
    written = io.BytesIO(data)
    with zipfile.ZipFile(written, "a") as package:
        old = _find(package, name)
        if old is not None:
            package.filelist.remove(old)
            del package.NameToInfo[old.filename]
        package.writestr(old.filename if old else name, content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def walk_xml(
    data: bytes | str,
    start: Callable[[str, dict[str, str]], Any],
    end: Callable[[str], Any] | None = None,
    text: Callable[[str], Any] | None = None,
) -> None:
    """Call back for every element and text of an XML document; names come without their namespace prefix.

    A document type or entity declaration raises Unreadable('hostile_file'): no office program writes one, and entities
    are how a small file grows. Bad XML raises Unreadable('damaged_file').
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(
        name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()}
    )
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        where = f"第 {error.lineno} 行第 {error.offset + 1} 列 / the XML is damaged: line {error.lineno}, column {error.offset + 1}"
        raise Unreadable("damaged_file", f"XML 损坏：{where}") from error
    except (ValueError, LookupError) as error:
        raise Unreadable(
            "damaged_file", "XML 编码或内容异常 / the XML has an encoding or content that cannot be"
        ) from error


_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")


def is_utf8(data: bytes) -> bool:
    """Whether a document says of itself that it is UTF-8, or nothing, which means the same."""
    said = _ENCODING.match(data[:200])
    return said is None or said[1].lower() == b"utf-8"


@lru_cache(maxsize=64)
def elements(data: bytes, names: tuple[str, ...]) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """The elements of these names in a short document, with their attributes; many workbooks have the same ones."""
    found: list[tuple[str, Mapping[str, str]]] = []
    walk_xml(data, lambda name, given: found.append((name, given)) if name in names else None)
    return tuple(found)


def _refuse(*_: object) -> None:
    raise Unreadable("hostile_file", "XML 含实体声明 / the XML declares entities")


_STATED_COUNT = re.compile(rb"[cC]ount\s*=\s*[\"'](\d{7,})")

_FIRST_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")


def check_counts(data: bytes) -> None:
    """Refuse a part that states more elements than it has bytes: readers set memory aside for what is stated.

    Seen: a table of shared strings with uniqueCount="18446744073709551615" panics calamine. Of shared strings only
    what stands before the first is looked at, for the texts may say anything; UTF-16, which no office program writes, is refused.
    """
    if b"\0" in data[:200]:
        raise Unreadable("hostile_file", "XML 编码异常 / an unusual encoding of XML")
    first = _FIRST_STRING.search(data) if re.search(rb"<(?:\w+:)?sst\b", data[:100_000]) else None
    head = data[: first.start()] if first else data
    if first and b"<!" in head:
        raise Unreadable("hostile_file", "共享字符串异常 / unusual shared strings")
    for stated in _STATED_COUNT.findall(head):
        if len(stated) > 18 or int(stated) > len(data):
            raise Unreadable("hostile_file", f"所称数量 {stated[:20].decode()} 与内容不符 / states more than it holds")


def relations(package: zipfile.ZipFile, part: str) -> Mapping[str, str]:
    """The parts that a part refers to: relation id → path inside the package.

    A target is relative to its part's folder; some programs write it from the package's root. Where both readings lead
    to a part, or an id is given twice, another reader might open what was not checked: Unreadable.
    """
    folder, name = posixpath.split(part)
    targets: dict[str, str] = {}
    for _, attributes in elements(part_bytes(package, posixpath.join(folder, "_rels", f"{name}.rels")), _RELATION):
        if "Id" not in attributes:
            continue
        target = attributes.get("Target", "")
        choices = {posixpath.normpath(posixpath.join(folder, target) if not target.startswith("/") else target[1:])}
        if target.startswith("xl/"):
            choices.add(posixpath.normpath(target))
        found = [choice for choice in sorted(choices) if has_part(package, choice)]
        if len(found) > 1 or attributes["Id"] in targets:
            raise Unreadable("hostile_file", "部件关系有歧义 / relations that can be read in two ways")
        targets[attributes["Id"]] = found[0] if found else min(choices)
    return targets


def main_part(package: zipfile.ZipFile) -> str:
    """The part that holds the list of sheets, by the package's own relations; '' where it names none."""
    if not has_part(package, "_rels/.rels"):
        return ""
    found = [
        attributes.get("Target", "").lstrip("/")
        for _, attributes in elements(part_bytes(package, "_rels/.rels"), _RELATION)
        if attributes.get("Type", "").endswith("/officeDocument")
    ]
    if len(found) > 1:
        raise Unreadable("hostile_file", "有两个主部件 / two main parts")
    return found[0] if found and has_part(package, found[0]) else ""


def check_area(rows: int, columns: int, cells: int) -> None:
    """Refuse a sheet whose farthest cell would take memory for places that hold nothing.

    calamine allocates the whole rectangle and aborts the process when it cannot; seen with a 2 KB file holding A1 and
    XFD1048576.
    """
    area = rows * columns
    if area > MOST_CELLS or (area > ROOMY and area > EMPTIEST * max(cells, 1)) or rows > 1_048_576 or columns > 16_384:
        raise Unreadable(
            "hostile_file",
            f"{rows} 行 × {columns} 列，只有 {cells} 个单元格 / {rows} rows × {columns} columns for {cells} cells",
        )
