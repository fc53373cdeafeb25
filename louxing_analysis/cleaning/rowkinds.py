"""The words by which office tables mark a row: totals, of-which lines, footers; general to Chinese and English tables."""

from __future__ import annotations

import re
from functools import lru_cache

from louxing_analysis.cleaning.shapes import squeezed

KINDS = ("title", "unit", "header", "data", "total", "subtotal", "of_which", "section", "footer", "blank")
# One of these characters is in every marked label; a name or a village without one needs no second look.
_HINT = re.compile(
    r"[计計总總累共全本其#＃注註备備填制製审審复複校負负主分經经統统聯联報报說说附簽签蓋盖日電电资資数數来來以TtNSsAaEeGgIiOo汇彙証证계합计计]"
)
_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]+|[(]?\d{1,3}[)、.]+)")
_TAIL = re.compile(r"(?:[(][^()]{0,12}[)])?[:：]?$")
_PAGE = re.compile(
    r"^(?:月|旬|季|年|周|日)累计$|^(?:本页|本頁|本月|本季|分)(?:合计|合計|小计|小計|计|計|总计|累计)$|^(?:小计|小計)$"
)
_NUMERAL = re.compile(r"^[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3}|[IVX]{1,4})[)、.]?$")
_LATIN_TAIL = re.compile(r"(?<=[\u3000-\u9fff)])[(]?[A-Za-z][A-Za-z0-9 ,.;:()'&/%-]*$")
_ENGLISH_TOTAL = re.compile(
    r"^(?:(?:grand|overall|national|global|world|combined)\s+)?totals?(?:\s|\d|[,:;.(\\*/-]|$)|[\s,(-]total\s?(?:[\d,\s\\*]*)[):]?$"
    r"|^(?:insgesamt|ensemble|totaal|totale|gesamt|i alt|toplam|genel toplam|totalt|summa|yhteens.|razem|.sszesen)$",
    re.IGNORECASE,
)
_NO_ENGLISH_TOTAL = re.compile(r"%|percent|\bestimated|\baverage|\brates?\b|\bper\b|\bratio|\bout of\b", re.IGNORECASE)
_ENGLISH_SUBTOTAL = re.compile(r"^sub-?\s?totals?\b|\bsub-?\s?total\b", re.IGNORECASE)
_ENGLISH_WHOLE = re.compile(r"^all\s(?!other|the\b|items\b)(?:[\w-]+\s?){1,3}[\d\\*:]{0,3}$", re.IGNORECASE)
_ENGLISH_OF_WHICH = re.compile(r"^of which\b", re.IGNORECASE)
_ENGLISH_FOOTER = re.compile(
    r"^(?:(?:general |foot|end|table )?notes?\s?(?:\d{0,2})\s?[:.\u2013\u2014-]|(?:data )?sources?\s?[:.\u2013\u2014-]|footnotes?\b|prepared by|last (?:updated|modified)|see (?:foot)?notes?\b.{0,20}(?:end|below)|"
    r"(?:\(?(?:[a-z]|\d{1,2})[).]|\\\d+|\*{1,3}|[†‡§])\s.{25,}|[(]?(?:NA|X|Z|D|S|B)[)]\s|[-–—]\s+(?:represents|quantity)|"
    r"next release|copyright|©)",
    re.IGNORECASE,
)
_GRAND = re.compile(
    r"^(?:全(?:[国省市州县縣区區乡鄉镇鎮村组組部体體]|街道|社区))?"
    r"(?:总合计|总计|總計|合计|合計|共计|共計|累计|总和|总数|合计数|总计数|汇总|总体|総数|総計|合計数)$"
    r"|^(?:本年|本表|历年|全年|本期|本季)(?:合计|累计|总计)$|^(?:grand)?total$|^(?:計|计|합계|계|총계|전체)$",
    re.IGNORECASE,
)
_WITH_AMOUNT = re.compile(r"^(?:总合计|总计|總計|合计|合計|共计|共計)(?:[(]大写[)])?[:：￥¥\d(]")
_WHOLE = re.compile(r"^全(?:[国國省市州县縣区區乡鄉镇鎮村部体體]|街道)$")
_TOPMOST = re.compile(r"^(?:总合计|总计|總計|全.*|grandtotal)$", re.IGNORECASE)
_NAMED_PART = re.compile(r"^.{1,20}(?:小计|小計)$|^sub-?total$", re.IGNORECASE)
_NAMED = re.compile(r"^.{1,20}(?:合计|合計|总计|總計|共计)$|^.{0,4}[県縣市郡町村區区部省]計$")
_BARE = re.compile(
    r"^(?:(?:本页|本頁|本月|本季|本年|本期|本日)?(?:合计|合計|小计|小計|总计|總計|共计|共計|累计)|其中(?:[:：].{0,8})?)[:：]?$"
)
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
_COLON = re.compile(r"(?<!\d)[:：]|[:：](?!\d)")  # no time of day


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
    if label.isascii():
        return _english_mark(text)
    if len(text) > 60:
        return ""
    label = _LATIN_TAIL.sub("", label) or label
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
    if _NAMED.match(label):
        return "topmost" if label.endswith(("总计", "總計")) else "named"
    return ""


def _english_mark(text: str) -> str:
    plain = text.strip(" .…·-–\t\u3000")
    if _ENGLISH_FOOTER.match(plain):
        return "footer"
    if _ENGLISH_OF_WHICH.match(plain) or _OF_WHICH.match(squeezed(plain)):
        return "of_which"
    if len(plain) > 60 or _NO_ENGLISH_TOTAL.search(plain):
        return ""
    if _ENGLISH_SUBTOTAL.search(plain):
        return "part"
    if _ENGLISH_TOTAL.search(plain):
        return "topmost" if plain.lower().startswith(("grand", "overall")) else "total"
    return "whole" if _ENGLISH_WHOLE.match(plain) else ""


@lru_cache(maxsize=65536)
def is_numeral(text: str) -> bool:
    """Whether a label is nothing but a number: 一 (二) 3、 IV."""
    return len(text) < 7 and bool(_NUMERAL.match(squeezed(text)))


def is_bare_mark(text: str) -> bool:
    """Whether a cell is nothing but the word of a total or 其中, so that it marks its row from a later column as well."""
    return len(text) < 20 and bool(_HINT.search(text)) and bool(_BARE.match(squeezed(text)))


def is_note_head(text: str) -> bool:
    """Whether a cell is the bare word 备注 or 说明, as it stands before a note under a table."""
    return len(text) < 10 and bool(_NOTE_HEAD.match(squeezed(text)))


def is_example(text: str) -> bool:
    """Whether a cell says that its row shows how to fill in a form: 例, 填写示例."""
    return len(text) < 8 and squeezed(text).strip("():") in (
        "例",
        "例子",
        "例如",
        "示例",
        "样例",
        "范例",
        "填写示例",
        "填表示例",
    )


@lru_cache(maxsize=65536)
def is_numbered(text: str) -> bool:
    """Whether a label starts like a heading: 一、 （二） 第三部分."""
    return bool(
        re.match(
            r"^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|第[一二三四五六七八九十\d]{1,3}[部类章批])", squeezed(text[:12])
        )
    )


def is_meta(text: str) -> bool:
    """Whether a cell above the table is a form's line, such as 填报时间：2018年6月."""
    return bool(_COLON.search(text))
