"""The words by which office tables mark a row: totals, of-which lines, footers, units; general to Chinese tables."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache
from typing import Any

KINDS = ("title", "unit", "header", "data", "total", "subtotal", "of_which", "section", "footer", "blank")

# One of these characters is in every marked label; a name or a village without one needs no second look.
_HINT = re.compile(
    r"[计計总總累共全本其#＃注註备備填制製审審复複校負负主分經经統统聯联報报說说附簽签蓋盖日電电资資数數来來以TtNS]"
)
_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]+|[(]?\d{1,3}[)、.]+)")
_TAIL = re.compile(r"(?:[(][^()]{0,12}[)])?[:：]?$")
_PAGE = re.compile(r"^(?:本页|本頁|本月|本季|分)(?:合计|合計|小计|小計|计|計|总计|累计)$|^(?:小计|小計)$")
_GRAND = re.compile(
    r"^(?:全(?:[国省市州县縣区區乡鄉镇鎮村组組部体體]|街道|社区))?"
    r"(?:总合计|总计|總計|合计|合計|共计|共計|累计|总和|总数|合计数|总计数)$"
    r"|^(?:本年|本表|历年|全年)(?:合计|累计|总计)$|^(?:grand)?total$",
    re.IGNORECASE,
)
_WITH_AMOUNT = re.compile(r"^(?:总合计|总计|總計|合计|合計|共计|共計)(?:[(]大写[)])?[:：￥¥\d(]")
_WHOLE = re.compile(r"^全(?:[国省市州县縣区區乡鄉镇鎮村]|街道)$")
_TOPMOST = re.compile(r"^(?:总合计|总计|總計|全.*|grandtotal)$", re.IGNORECASE)
_NAMED_PART = re.compile(r"^.{1,20}(?:小计|小計)$|^sub-?total$", re.IGNORECASE)
_NAMED = re.compile(r"^.{1,20}(?:合计|合計|总计|總計|共计)$")
_BARE = re.compile(r"^(?:(?:本页|本頁|本月)?(?:合计|合計|小计|小計|总计|總計|共计|共計)|其中(?:[:：].{0,8})?)[:：]?$")
_OF_WHICH = re.compile(r"^(?:其中(?!村|组|社区)|#(?!(?:REF|DIV|N/A|NAME|NULL|NUM|VALUE)))", re.IGNORECASE)
_FOOTER = re.compile(
    r"^(?:填[表报報制]人?|制[表單单]人?|製表人?|审核人?|審核人?|审批人?|复核人?|校对人?|负责人|負責人|(?:单位|部门|村|镇|乡镇|主要)负责人|"
    r"主管领导|分管领导|主要领导|经办人|统计人|填报单位|填报人|填报日期|填报时间|(?:制|填)表(?:日期|时间|單位|单位)|报送?(?:日期|时间)|"
    r"联系人|联系电话|聯繫電話|电话|日期|备注|備注|備註|说明|說明|(?:填表|填报|编制|指标|补充)?(?:说明|說明)|附注|附註|注意|注意事项|"
    r"资料来源|資料來源|数据来源|来源|注|註|notes?|source|preparedby|checkedby)(?:[(][^()]{1,6}[)])?[:：]"
    r"|^.{0,12}(?:签字|签名|簽字|盖章|签章)[)]?[:：]|^.{2,12}[(](?:签字|盖章|公章|签章|签名)[)]$"
    r"|^(?:填表人|填报人|制表人|审核人|审核|注\d|注[(]?\d|[(]?盖章[)]?$|填表说明|[(]?以下空白[)]?$|[(]?以下无正文[)]?$)",
    re.IGNORECASE,
)
_NOTE_HEAD = re.compile(r"^(?:备注|備注|備註|说明|說明|注|註|附注|填表说明)$")

_SCALE = r"(?:[十百千万萬亿億]{0,2})"
_BASE = (
    r"(?:元|人民币|人|户|戶|个|個|人次|户次|人/次|亩|畝|公顷|平方米|平方公里|㎡|m2|m²|平米|立方米|公里|千米|km|米|里|月|个月|天|日|年|岁|周岁|小时|"
    r"次|批|批次|期|场|场次|分|斤|公斤|千克|吨|头|只|羽|株|棵|条|千瓦|kw|千瓦时|kwh|度|台|套|处|口|座|所|间|栋|名|件|份|项|家|村|位|把|车|盒|袋|"
    r"%|‰|百分比|百分点)"
)
_UNIT = re.compile(rf"^{_SCALE}{_BASE}(?:[/每·、,，和]{_SCALE}?{_BASE}){{0,3}}$", re.IGNORECASE)
_UNIT_PHRASE = re.compile(
    rf"(?:计量|金额|货币|面积|数量)?单位[:：]\s*({_SCALE}{_BASE}(?:[/、,，;；和]{_SCALE}?{_BASE}){{0,5}})(?![\u4e00-\u9fff])",
    re.IGNORECASE,
)
_UNIT_ENGLISH = re.compile(r"\bunits?[:：]([^()]{1,30})", re.IGNORECASE)
_BRACKETED = re.compile(r"[(]([^()]{1,12})(?:[)]|$)")
_COLON = re.compile(r"[:：]")
_NUMBER_TEXT = re.compile(r"^[-+]?[￥¥$]?\d[\d,]*(?:\.\d*)?\s*(?:%|‰|万|千|元|亿)?$")
_DATE_TEXT = re.compile(
    r"^(?:19|20)\d{2}[-./年]\d{1,2}(?:[-./月](?:\d{1,2}日?)?)?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?$"
    r"|^\d{2}[-/年]\d{1,2}(?:[-/月](?:\d{1,2}日?)?)?$|^\d{1,2}[月/-]\d{1,2}日?$"
)
_CODE_TEXT = re.compile(r"^[A-Za-z]{0,3}\d{5,}[\dA-Za-z-]*$")
_MARK_TEXT = re.compile(r"^[√✓✔×✗✘xX○●△▲☆★◎□■/\\—–-]{1,3}$")


def squeezed(text: object) -> str:
    """Text with compatibility forms folded and all white space taken out (合 计 and 合　计 are 合计)."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def mark_of(text: str) -> str:
    """What a label says its row is: total, topmost, whole, part, named, of_which, footer, or '' for an ordinary label.

    `topmost` is a total of totals (总计, 全市合计), `part` a subtotal (小计, 本页合计), `named` a total with something
    before it (杉山镇合计), which is a part where there are several and a total where it stands alone. `whole` (全区) is a
    total in a table of figures and a place in a list of projects: the caller decides.
    """
    if not _HINT.search(text):
        return ""
    label = squeezed(text[:80])
    if _FOOTER.match(label):
        return "footer"
    if len(text) > 60:
        return ""
    if _OF_WHICH.match(label):
        return "of_which"
    label = _NUMBERING.sub("", label)
    if _WITH_AMOUNT.match(label):
        return "total"
    label = _TAIL.sub("", label)
    if _WHOLE.match(label):
        return "whole"
    if _PAGE.match(label) or _NAMED_PART.match(label):
        return "part"
    if _GRAND.match(label):
        return "topmost" if _TOPMOST.match(label) else "total"
    return "named" if _NAMED.match(label) else ""


def is_bare_mark(text: str) -> bool:
    """Whether a cell is nothing but the word of a total or 其中, so that it marks its row from a later column as well."""
    return len(text) < 20 and bool(_HINT.search(text)) and bool(_BARE.match(squeezed(text)))


def is_note_head(text: str) -> bool:
    """Whether a cell is the bare word 备注 or 说明, as it stands before a note under a table."""
    return len(text) < 10 and bool(_NOTE_HEAD.match(squeezed(text)))


def is_numbered(text: str) -> bool:
    """Whether a label starts like a heading: 一、 （二） 第三部分."""
    return bool(
        re.match(
            r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十\d]{1,3}[部类章批])", squeezed(text[:12])
        )
    )


def unit_phrase(text: str) -> str | None:
    """The unit of a note above a table: 单位：万元, （万元）, Unit: yuan; None where 单位 names an office."""
    plain = squeezed(text)
    match = _UNIT_PHRASE.search(plain) or _UNIT_ENGLISH.search(plain)
    if match:
        return match[1]
    return plain.strip("()") if _UNIT.match(plain.strip("()")) else None


def without_unit_phrase(text: str) -> str:
    """What is left of a note when its unit is taken out."""
    plain = squeezed(text)
    return (
        ""
        if _UNIT.match(plain.strip("()"))
        else re.sub(r"[()（）]", "", _UNIT_PHRASE.sub("", _UNIT_ENGLISH.sub("", plain)))
    )


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit, brackets allowed: 元, （万元）, 元/人."""
    return bool(_UNIT.match(squeezed(text).strip("()")))


def unit_in_header(text: str) -> str | None:
    """The unit written into a header, as written: 务工时间（月 → 月; 乡（镇） has none."""
    plain = squeezed(text)
    phrase = _UNIT_PHRASE.search(plain)
    if phrase:
        return phrase[1]
    for written in reversed(_BRACKETED.findall(plain)):
        inner = re.sub(r"^(?:单位[:：]|按)", "", written)
        if _UNIT.match(inner):
            return inner
    tail = re.search(rf"[/:：]({_SCALE}(?:元|亩|公里|㎡|平方米|%))$", plain)
    return tail[1] if tail else ("%" if plain.endswith("%") else None)


def is_meta(text: str) -> bool:
    """Whether a cell above the table is a form's line, such as 填报时间：2018年6月."""
    return bool(_COLON.search(text))


def shape(value: Any) -> str:
    """A cell's shape: '' nothing, n number (also written), d date, m mark, c code, t other text."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return "n"
    if isinstance(value, (datetime.date, datetime.time)):
        return "d"
    return _text_shape(value)


@lru_cache(maxsize=16384)
def _text_shape(value: str) -> str:
    text = unicodedata.normalize("NFKC", value).strip()
    for pattern, name in ((_MARK_TEXT, "m"), (_DATE_TEXT, "d"), (_NUMBER_TEXT, "n"), (_CODE_TEXT, "c")):
        if pattern.match(text):
            return name
    return "t"
