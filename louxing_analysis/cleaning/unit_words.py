"""Units as tables state them: 单位：万元, （元/人）, 上年=100, [In thousands], a column headed 务工时间（月."""

from __future__ import annotations

import re
from functools import lru_cache

from louxing_analysis.cleaning.shapes import squeezed

_SCALE = r"(?:[十百千万萬亿億]{0,2})"
_BASE = (
    r"(?:元|人民币|美元|欧元|港元|日元|英镑|外汇美元|吨标准煤|标准煤|吨公里|人公里|标准箱|标箱|辆|艘|架|架次|航次|卷|册|万字|幅|张|枚|粒|对|匹|"
    r"尾|峰|箱|瓶|罐|桶|部|线|门|路|条次|床|张床|床位|所次|课时|学时|学年|元人民币|公升|升|毫升|毫米|厘米|千米2|mm|cm|kg|t|℃|摄氏度|百帕|毫克|微克|分贝|倍|"
    r"人|户|戶|个|個|人次|户次|人/次|亩|畝|公顷|平方米|平方公里|㎡|m2|m²|平米|立方米|公里|千米|km|米|里|月|个月|天|日|年|岁|周岁|小时|"
    r"次|批|批次|期|场|场次|分|斤|公斤|千克|吨|头|只|羽|株|棵|条|千瓦|kw|千瓦时|kwh|度|台|套|处|口|座|所|间|栋|名|件|份|项|家|村|位|把|车|盒|袋|"
    r"%|‰|百分比|百分点)"
)
_UNIT = re.compile(rf"^{_SCALE}{_BASE}(?:[/每·、,，和]{_SCALE}?{_BASE}){{0,3}}$", re.IGNORECASE)
_UNIT_PHRASE = re.compile(
    rf"(?:(?:计量|金额|货币|面积|数量)?单位[:：]|^[(]?(?:计量)?单位(?=[^:：]{{1,6}}$))\s*({_SCALE}{_BASE}(?:[/、,，;；和]{_SCALE}?{_BASE}){{0,5}})(?![\u4e00-\u9fff])",
    re.IGNORECASE,
)
_UNIT_ENGLISH = re.compile(r"\bunits?[:：]([^()]{1,30})", re.IGNORECASE)
_ENGLISH_MONEY = r"(?:yuan|rmb|dollars?|us\$|usd|euros?|pounds?|yen|£|\$|€|tl|nok|sek|r\$|eur|gbp)"
_ENGLISH_BASE = (
    rf"(?:{_ENGLISH_MONEY}|persons?|people|households?|famil(?:y|ies)|families|tons?|tonnes?|hectares?|mu|kwh|units?|cases?|%|percent|percentages?|"
    r"sq\.?\s?(?:m|km)|square(?:met(?:er|re)s|kilomet(?:er|re)s)|cubicmet(?:er|re)s|kilomet(?:er|re)s|km|person-times|vehicles)"
)
_ENGLISH_SCALE = r"(?:thousands?|millions?|billions?|trillions?|hundreds?|10{0,8}(?:,000){0,3}(?:thousand|million|billion|hundred)?s?|'?000s?)"
# (100 million yuan), [Numbers in thousands], (In millions of dollars), thousands, Percent
_ENGLISH_NOTE = re.compile(
    rf"^(?:[a-z]{{0,30}}?(?:in|figuresin|numbersin|valuesin|amountsin))?(?:current|constant)?{_ENGLISH_SCALE}(?:of)?{_ENGLISH_BASE}?$"
    rf"|^(?:in)?{_ENGLISH_SCALE}(?:of)?(?:current|constant|chained)?(?:\d{{4}})?{_ENGLISH_BASE}$|^(?:in)?{_ENGLISH_BASE}(?:[,/]{_ENGLISH_BASE}){{0,5}}$",
    re.IGNORECASE,
)
_ENGLISH_MEASURE = re.compile(
    r"^(?:thousands?|millions?|billions?)(?: of)? (?:us |u\.s\. |current |constant )?[a-z$]+(?: [a-z]+)?$",
    re.IGNORECASE,
)
_ENGLISH_IN_BRACKETS = re.compile(
    r"^(?:in|values?|numbers?|figures|amounts?|quantity|dollars?|percent|per cent|per|millions?|thousands?|billions?|rates?|index|units?|"
    r"rupees|pounds|euros?|yen|yuan|rmb|persons|(?:milli|micro|kilo|deci|centi)?(?:grams?|met(?:er|re)s|lit(?:er|re)s|watts?)|at .{3,30} prices)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(  # mln. tenge, (млн. сом), R$ milhões
    r"^(?:in |en |em )?(?:[a-z$€£]{1,3} )?(?:mln|bln|mio|mrd|thsd|tsd|млн|млрд|тыс|milh(?:ões|ares)|millones|milliers|milliards)\b[\w. ’'$-]{0,20}$",
    re.IGNORECASE,
)
_INDEX_BASE = re.compile(r"^.{0,24}(?:=|[＝]|为)100$")
_PERIOD = re.compile(r"^[\d年月日季度上下半旬至初末底中—–~.、()-]+$")
_GLUED = re.compile(  # 常住人口万人
    r"(?<=[\u4e00-\u9fff]{2})((?:百万|千万|十亿|万|亿|千)(?:元|人|户|吨|亩|公顷|平方米|平方公里|立方米|公里|千瓦时|千瓦|辆|件|台|头|只|美元|人次|册))$"
)
_BRACKETED = re.compile(r"[(]([^()]{1,12})(?:[)]|$)")


@lru_cache(maxsize=65536)
def unit_phrase(text: str) -> str | None:
    """The unit of a note above a table: 单位：万元, （万元）, 上年=100, [In thousands]; None where 单位 names an office."""
    plain = squeezed(text)
    match = _UNIT_PHRASE.search(plain) or _UNIT_ENGLISH.search(plain)
    if match:
        return match[1]
    inner = plain.strip("()[]【】")
    if _UNIT.match(inner):
        return inner
    if len(plain) > 60:
        return None
    if _INDEX_BASE.match(inner):
        return inner
    bracketed = inner != plain
    if bracketed and ")(" in inner:
        parts = [unit_phrase(part) for part in inner.split(")(")]
        return parts[0] if all(parts) else None
    words = text.strip().strip("()[]（）【】").strip()
    if _ABBREVIATED.match(words):
        return words
    if (_ENGLISH_NOTE.match(inner) and not inner.isdigit()) or _ENGLISH_MEASURE.match(words):
        return words
    if bracketed and _ENGLISH_IN_BRACKETS.match(words):
        return words
    first, slash, _ = words.partition(" / ")  # Persons / Personnes
    return words if slash and unit_phrase(first) else None


def is_period(text: str) -> bool:
    """Whether a text is nothing but a time: 2018年1-9月, 2018年度, 2020年末."""
    return bool(_PERIOD.match(squeezed(text)))


def without_unit_phrase(text: str) -> str:
    """What is left of a note when its unit is taken out."""
    plain = squeezed(text)
    return (
        ""
        if unit_phrase(text) and not _UNIT_PHRASE.search(plain) and not _UNIT_ENGLISH.search(plain)
        else re.sub(r"[()（）]", "", _UNIT_PHRASE.sub("", _UNIT_ENGLISH.sub("", plain)))
    )


def is_unit(text: str) -> bool:
    """Whether a text is nothing but a unit, brackets allowed: 元, （万元）, 元/人."""
    return bool(_UNIT.match(squeezed(text).strip("()")))


@lru_cache(maxsize=65536)
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
    tail = re.search(rf"[/:：]({_SCALE}(?:元|亩|公里|㎡|平方米|%))$", plain) or _GLUED.search(plain)
    return tail[1] if tail else ("%" if plain.endswith("%") else None)


def unit_in_brackets(text: str) -> str | None:
    """The unit that a title gives in brackets: 财政收入（万元）."""
    return next((inner for inner in reversed(_BRACKETED.findall(squeezed(text))) if _UNIT.match(inner)), None)
