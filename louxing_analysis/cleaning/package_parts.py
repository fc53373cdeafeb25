"""The parts of a package while some of them change: relations, types, and its bytes in the end."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from louxing_analysis.cleaning.packages import has_part, main_part, open_package, part_bytes, relations, walk_xml
from louxing_analysis.cleaning.xml_edit import RELATIONS, add_last

_RELS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


class Package:
    """The parts of a package while some of them change; raises Unreadable for what is built unusually."""

    def __init__(self, data: bytes) -> None:
        self.zip = open_package(data)
        self.main = main_part(self.zip)
        self.changed: dict[str, bytes] = {}
        self.removed: set[str] = set()
        self.targets = relations(self.zip, self.main)

    def has(self, name: str) -> bool:
        """Whether a part is there, an added one too."""
        return name in self.changed or (name not in self.removed and has_part(self.zip, name))

    def read(self, name: str) -> bytes:
        """A part as it stands now; nothing where there is none."""
        if name in self.changed:
            return self.changed[name]
        return part_bytes(self.zip, name) if has_part(self.zip, name) else b""

    def free(self, pattern: str) -> str:
        """The first name of a pattern with a number in it that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def rels_of(self, part: str) -> str:
        """The part that lists what another part refers to."""
        return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")

    def related(self, part: str, kind: str) -> str:
        """The part of a kind that another part refers to; nothing where it refers to none."""
        kinds: dict[str, str] = {}

        def start(element: str, attributes: dict[str, str]) -> None:
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                kinds.setdefault(attributes.get("Type", "").rpartition("/")[2], attributes.get("Id", ""))

        if not has_part(self.zip, self.rels_of(part)):
            return ""
        walk_xml(part_bytes(self.zip, self.rels_of(part)), start)
        return relations(self.zip, part).get(kinds.get(kind, ""), "") if kind in kinds else ""

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation to another part; its id."""
        name = self.rels_of(part)
        old = self.read(name) or _RELS
        number = 1
        while f'"rIdLouxing{number}"'.encode() in old:
            number += 1
        entry = f'<Relationship Id="rIdLouxing{number}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        prefix = re.search(rb"<(\w+:)?Relationships\b", old)
        entry = entry.replace("<", f"<{prefix[1].decode()}") if prefix and prefix[1] else entry
        self.changed[name] = add_last(old, "Relationships", entry.encode())
        return f"rIdLouxing{number}"

    def declare(self, part: str, kind: str) -> None:
        """Say in the list of types what an added part is."""
        types = self.read("[Content_Types].xml")
        prefix = re.search(rb"<(\w+:)?Types\b", types)
        mark = (prefix[1] or b"").decode() if prefix else ""
        entry = f'<{mark}Override PartName="/{part}" ContentType="{kind}"/>'
        self.changed["[Content_Types].xml"] = add_last(types, "Types", entry.encode())

    def declare_ending(self, ending: str, kind: str) -> None:
        """Say what parts with this ending are, unless it is said."""
        types = self.read("[Content_Types].xml")
        if re.search(rb'\bExtension\s*=\s*"%s"' % ending.encode(), types, re.IGNORECASE):
            return
        prefix = re.search(rb"<(\w+:)?Types\b", types)
        mark = (prefix[1] or b"").decode() if prefix else ""
        entry = f'<{mark}Default Extension="{ending}" ContentType="{kind}"/>'
        self.changed["[Content_Types].xml"] = add_last(types, "Types", entry.encode())

    def written(self) -> bytes:
        """The package's bytes: what did not change is copied as it was kept, in its order."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for part in self.zip.infolist():
                if part.filename in self.removed:
                    continue
                content = self.changed.pop(part.filename, None)
                new.writestr(_entry(part.filename), self.zip.read(part) if content is None else content)
            for name, content in self.changed.items():
                new.writestr(_entry(name), content)
        return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without a time of its own: the same copy has the same bytes."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
