"""Pseudonyms and masks: the same person is the same pseudonym, and no number or name is left in a text."""

from __future__ import annotations

import hashlib
import hmac
import random
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from louxing_analysis.cleaning.pseudonyms import SAMPLE_KEY, Key, mask_text, pseudonym

NUMBER = "431302196505121236"
NAMES = frozenset({"张三", "张三丰", "李四光", "买买提·艾力", "John Smith", "王"})


def column(*cells: object) -> np.ndarray:
    array = np.empty(len(cells), dtype=object)
    array[:] = cells
    return array


def test_a_pseudonym_is_a_prefix_and_sixteen_digits_of_the_keyed_hash() -> None:
    key = Key(b"the secret of the office", "file")
    expected = hmac.new(key.secret, f"person\x1f{NUMBER}".encode(), hashlib.sha256).hexdigest()[:16]
    assert pseudonym(key, "person", column(NUMBER, None, NUMBER)).tolist() == [f"p_{expected}", None, f"p_{expected}"]


def test_another_key_or_another_kind_gives_a_pseudonym_that_cannot_be_joined() -> None:
    one, other = Key(b"the secret of the office", "file"), Key(b"the secret of another one", "file")
    cells = column(NUMBER)
    found = {
        pseudonym(one, "person", cells)[0][2:], pseudonym(one, "household", cells)[0][2:],
        pseudonym(one, "cadre", cells)[0][2:], pseudonym(other, "person", cells)[0][2:],
    }  # fmt: skip
    assert len(found) == 4


def test_missing_has_no_pseudonym_and_an_unknown_kind_is_refused() -> None:
    assert pseudonym(SAMPLE_KEY, "household", column(None, float("nan"))).tolist() == [None, None]
    assert pseudonym(SAMPLE_KEY, "household", column()).tolist() == []
    with pytest.raises(ValueError, match="no pseudonyms for 'village'"):
        pseudonym(SAMPLE_KEY, "village", column("清桥村"))


@given(st.lists(st.text(max_size=12), max_size=20))
@settings(max_examples=100, deadline=None)
def test_texts_and_pseudonyms_are_one_to_one(texts: list[str]) -> None:
    hidden = pseudonym(SAMPLE_KEY, "person", column(*texts)).tolist()
    assert len(set(zip(texts, hidden, strict=True))) == len(set(texts)) == len(set(hidden))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"张三的身份证{NUMBER}，电话13812345678", "[姓名]的身份证[身份证]，电话[电话]"),
        (NUMBER, "[身份证]"),
        ("43130219650512123X", "[身份证]"),
        ("43130219650512123x）", "[身份证]）"),
        ("431302650512123", "[身份证]"),
        (f"{NUMBER}43", "[身份证]"),
        ("431302 19650512 1236", "[身份证]"),
        ("４３１３０２１９６５０５１２１２３６", "[身份证]"),
        ("4.313021965051212e+17", "[身份证]"),  # as Python writes a rounded number
        (f"1.{NUMBER}", "1.[身份证]"),  # a list number run into it
        (f"No{NUMBER}号", "No[身份证]号"),
        ("6217001234567890", "[账号]"),
        ("6217001234567890123", "[账号]"),
        ("6217 0012 3456 7890 123", "[账号]"),
        ("13812345678、139-1234-5678", "[电话]、[电话]"),
        ("13812345678.0", "[电话].0"),
        ("0738-8312345", "[电话]"),
        ("张三丰和张三", "[姓名]和[姓名]"),  # the longest first
        ("张 三 丰来访", "[姓名]来访"),
        ("张\u3000三", "[姓名]"),
        ("买买提·艾力、John Smith", "[姓名]、[姓名]"),
        ("王家冲的老王", "王家冲的老王"),  # one character is no name
        ("李四", "李四"),  # not one of the names
        # what must stay
        ("1200元，2018-06-12 2018-06-30", "1200元，2018-06-12 2018-06-30"),
        ("2016 2017 2018 2019", "2016 2017 2018 2019"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("20180612", "20180612"),
        ("431302001001", "431302001001"),  # the code of a village
        ("二万", "二万"),
    ],
)
def test_what_is_personal_in_a_text_is_masked_by_its_content(text: str, masked: str) -> None:
    assert mask_text(column(text), NAMES).tolist() == [masked]


def test_cells_that_are_no_text_stay_as_they_are() -> None:
    assert mask_text(column(None, 5, 2.5), NAMES).tolist() == [None, 5, 2.5]
    assert mask_text([], NAMES).tolist() == []
    assert mask_text(["张三", NUMBER]).tolist() == ["张三", "[身份证]"]


PIECES = [*sorted(NAMES - {"王"}), "、", "，", " ", "来访", "家", "张", "三", "1", "元", NUMBER]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_known_name_and_no_id_number_is_left(pieces: list[str]) -> None:
    masked = mask_text(["，".join(pieces)], NAMES)[0]
    assert NUMBER not in masked
    assert not any(name in masked for name in NAMES if len(name) > 1)


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_masking_never_raises_and_twice_is_once(text: str) -> None:
    once = mask_text([text], NAMES)
    assert mask_text(once, NAMES).tolist() == once.tolist()


def test_thousands_of_texts_against_all_names_of_a_district_take_little_time() -> None:
    draw = random.Random(1)
    letters = [chr(draw.randint(0x4E00, 0x9FA5)) for _ in range(2000)]
    given_names = ("".join(draw.sample(letters, draw.choice([1, 2]))) for _ in range(23_000))
    names = frozenset(draw.choice("王李张刘陈杨黄赵周吴") + name for name in given_names)
    known = sorted(names)
    texts = [f"{draw.choice(known)}走访{draw.choice(known)}家，发放{number}元，家中五口人" for number in range(5000)]
    started = perf_counter()
    masked = mask_text(texts, names)
    assert perf_counter() - started < 2.0  # some 60 ms; the bound is for a busy machine
    assert all(text.startswith("[姓名]走访[姓名]") for text in masked)
