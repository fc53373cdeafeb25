from __future__ import annotations

import re
import zlib

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties
from matplotlib.image import imread
from matplotlib.textpath import TextPath

from louxing_analysis.charts import fonts, page, theme

RARE = "塅圫氹墈"
KINDS = ("svg", "pdf", "png")

pytestmark = pytest.mark.skipif(theme.font_file() is None, reason="zhplot 1.0.0 is not installed")


def drawn(text: str, path):
    with theme.theme("zh") as look:
        figure = page.blank(look, 20)
        figure.text(0.05, 0.3, text, size=20)
    return page.save(figure, path)


def test_the_common_part_holds_ordinary_characters_and_not_the_rare_ones_of_village_names():
    whole, part = TTFont(theme.font_file()), TTFont(fonts.common_part(theme.font_file()))
    held = set(part.getBestCmap())
    assert {ord(letter) for letter in "娄星区贫困户人均纯收入2020年，。（）“”—−%→abcXYZ"} <= held
    assert not held & {ord(letter) for letter in RARE}
    assert {ord(letter) for letter in RARE} <= set(whole.getBestCmap())
    assert held <= set(whole.getBestCmap())


def test_the_common_part_is_drawn_as_the_whole_font_is():
    whole = FontProperties(fname=str(theme.font_file()))
    part = FontProperties(fname=str(fonts.common_part(theme.font_file())))
    for letter in "户收入，8%a→":
        one, other = (TextPath((0, 0), letter, size=40, prop=font) for font in (whole, part))
        assert np.array_equal(one.codes, other.codes)
        assert np.allclose(one.vertices, other.vertices)


def test_the_common_part_is_cut_once_and_then_kept(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts.mpl, "get_cachedir", lambda: str(tmp_path / "new"))
    cuts = []
    cut = fonts._cut
    monkeypatch.setattr(fonts, "_cut", lambda path, target: (cuts.append(target), cut(path, target)))
    first = fonts.common_part(theme.font_file())
    assert fonts.common_part(theme.font_file()) == first
    assert cuts == [first]
    assert first.stat().st_size < theme.font_file().stat().st_size / 3
    assert TTFont(first)["name"].getDebugName(1) == fonts.COMMON


def test_a_rare_village_character_is_ink_and_no_empty_box(tmp_path):
    # the box of a missing character is the same for all; real ones differ
    ink = {letter: (imread(drawn(letter, tmp_path / "a.png"))[..., :3] < 0.5).any(axis=2) for letter in RARE}
    for letter, picture in ink.items():
        assert picture.sum() > 100, letter
        assert all((picture != other).any() for name, other in ink.items() if name != letter), letter


def test_rare_and_common_characters_stand_side_by_side_in_svg(tmp_path):
    svg = drawn("塅下村", tmp_path / "a.svg").read_text(encoding="utf-8")
    glyphs = re.findall(r'<use xlink:href="#([^"]+)"', svg)
    assert len(glyphs) == 3
    assert all(re.search(rf'<path id="{re.escape(glyph)}" d="M ?[^"]{{50,}}"', svg) for glyph in glyphs)


def test_rare_and_common_characters_can_be_searched_for_in_pdf(tmp_path):
    written = drawn("塅下村", tmp_path / "a.pdf").read_bytes()
    streams = [
        zlib.decompress(found)
        for found in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", written, re.DOTALL)
        if found[:1] == b"x"
    ]
    told = b" ".join(stream.lower() for stream in streams if b"beginbfrange" in stream or b"beginbfchar" in stream)
    for letter in "塅下村":
        assert f"{ord(letter):04x}".encode() in told, letter
    assert len(written) < 200_000  # not the whole font


@pytest.mark.parametrize("kind", KINDS)
def test_a_character_of_no_font_is_an_error_in_every_kind_of_file(tmp_path, kind):
    with pytest.raises(page.MissingGlyph, match="缺字"):
        drawn("塅\U0001f600村", tmp_path / f"a.{kind}")
    assert not (tmp_path / f"a.{kind}").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_rare_character_does_not_make_the_bytes_differ(tmp_path, kind):
    one, other = (drawn("圫里村 塅上", tmp_path / f"{name}.{kind}").read_bytes() for name in "ab")
    assert one == other
