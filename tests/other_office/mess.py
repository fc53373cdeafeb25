"""How one office's hand writes values, well or badly; every spoiled cell carries what should become of it.

Set right: 1.2万, 1,200, full-width digits, 1200元, ID numbers with x, blanks or tabs in them, of 15 or 20 digits, dates in
a dozen forms. Set aside: ranges, expressions, words, formula errors, impossible dates, 2018.1 typed as a number, damaged
ID numbers, codes nobody knows.
"""

from __future__ import annotations

import random
from datetime import date, datetime

from other_office.grid import Cell, Written
from other_office.people import Person, check_digit
from other_office.words import SPELLINGS, YES_NO

When = tuple[int, int, int] | tuple[int, int] | tuple[int]
MISSING = ["", "/", "—", "无", "-", "不详", "暂无"]
RATES = {0: 0.0, 1: 0.012, 2: 0.05}  # of the cells that may be spoiled


def excel_day(when: date) -> int:
    """The serial number of a day."""
    return (when - date(1899, 12, 30)).days


class Pen:
    """One sheet's hand: its ways are drawn once, its slips cell by cell."""

    def __init__(self, rng: random.Random, mess: int, text_only: bool = False) -> None:
        self.rng = rng
        self.rate = RATES[mess]
        self.text_only = text_only  # csv, html: every cell is text
        self.money_way = rng.choice(["number", "number", "number", "text", "comma", "yuan"])
        self.date_way = rng.choice(["dots", "chinese", "dashes", "slashes", "eight", "cell", "cell", "serial"])
        self.month_way = rng.choice(["chinese", "dashes", "six", "dot_text"])
        self.joiner = rng.choice([",", "，", "、", ";"])
        self.yes_no = rng.choice(YES_NO)
        self.spelling: dict[tuple[str, str], str] = {}
        self.mixed = rng.random() < 0.3  # one sheet filled in by several people

    def slip(self, more: float = 1.0) -> bool:
        """Whether this cell goes wrong."""
        return self.rng.random() < self.rate * more

    # numbers

    def money(self, value: float | None, per: float = 1.0) -> Written:
        """Yuan, written in units of `per` yuan."""
        rng = self.rng
        if value is None:
            return Written(Cell(rng.choice(MISSING)), None)
        if self.slip():
            return self._bad_money(value, per)
        if self.slip() and per == 1.0 and value >= 10000 and value % 100 == 0:
            return Written(Cell(f"{value / 10000:g}万"), float(value))
        shown = value / per
        number = int(shown) if shown == int(shown) else round(shown, 6)
        if self.slip():
            ways = [
                f"约{number}",
                f"{number}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
                f" {number} ",
                f"{number}左右",
            ]
            if per == 1.0:
                ways += [f"{number}元", f"￥{number}"]
            return Written(Cell(rng.choice(ways)), float(value))
        if self.money_way == "number" and not self.text_only:
            return Written(Cell(number), float(value))
        if self.money_way == "comma":
            return Written(Cell(f"{number:,}"), float(value))
        if self.money_way == "yuan" and per == 1.0:
            return Written(Cell(f"{number}元"), float(value))
        return Written(Cell(str(number)), float(value))

    def _bad_money(self, value: float, per: float) -> Written:
        number = max(2, int(value / per))
        bad: list[Cell] = [
            Cell(f"{number}-{number + 500}"),
            Cell(f"2人*{number // 2 + 1}"),
            Cell(f"{number // 2 + 1}+{number // 3 + 1}"),
            Cell("记不清"),
            Cell("二万"),
            Cell("见附表"),
        ]
        if not self.text_only:
            bad += [Cell(error="#REF!"), Cell(error="#DIV/0!"), Cell(formula=f"={number}+0")]
        cell = self.rng.choice(bad)
        return Written(cell, None, aside=str(cell.value or cell.error or "formula"))

    def count(self, value: int | None, unit: str = "") -> Written:
        """A whole number."""
        if value is None:
            return Written(Cell(self.rng.choice(["", "", "/", "无"])), None)
        if self.slip(0.5):
            bad = self.rng.choice(["若干", f"{value}-{value + 2}", "几个"])
            return Written(Cell(bad), None, aside=bad)
        if self.slip() and unit:
            return Written(Cell(f"{value}{unit}"), value)
        return Written(Cell(str(value) if self.text_only or self.rng.random() < 0.1 else value), value)

    def number(self, value: float | None) -> Written:
        """A measure with decimals."""
        if value is None:
            return Written(Cell(""), None)
        return Written(Cell(str(value) if self.text_only else value), float(value))

    def year(self, value: int | None) -> Written:
        """A year."""
        if value is None:
            return Written(Cell(self.rng.choice(["", "/", ""])), None)
        way = self.rng.choice([str(value), f"{value}年", f"{value}年度"]) if self.mixed else value
        return Written(Cell(str(way) if self.text_only else way), value)

    # dates

    def day(self, when: date, required: bool = False) -> Written:
        """A day; the value is (date, precision)."""
        if self.slip():
            return self._bad_day(when)
        way = self.rng.choice(["dots", "chinese", "dashes", "eight"]) if self.mixed else self.date_way
        if way in ("cell", "serial") and self.text_only:
            way = "slashes"
        forms: dict[str, Cell] = {
            "dots": Cell(f"{when.year}.{when.month}.{when.day}"),
            "chinese": Cell(f"{when.year}年{when.month}月{when.day}日"),
            "dashes": Cell(f"{when:%Y-%m-%d}"),
            "slashes": Cell(
                f"{when.year}/{when.month}/{when.day} 0:00:00"
                if self.text_only
                else f"{when.year}/{when.month}/{when.day}"
            ),
            "eight": Cell(f"{when:%Y%m%d}" if self.text_only or self.rng.random() < 0.5 else int(f"{when:%Y%m%d}")),
            "cell": Cell(datetime(when.year, when.month, when.day), "yyyy/m/d"),
            "serial": Cell(excel_day(when)),
        }
        return Written(forms[way], (when, "day"))

    def _bad_day(self, when: date) -> Written:
        year, month = when.year, when.month
        kinds: list[Written] = [
            Written(Cell(f"{year}-6-31"), None, aside="impossible"),
            Written(Cell(f"{year}年2月30日"), None, aside="impossible"),
            Written(Cell(f"{year}.3-{year}.6"), None, aside="span"),
            Written(Cell("已入户"), None, aside="no date"),
            Written(Cell(f"{year}年{month}月"), (date(year, month, 1), "month")),
            Written(Cell(f"{year}年{month}月中旬"), (date(year, month, 1), "month")),
            Written(Cell(f"{year}年上半年"), (date(year, 1, 1), "half")),
            Written(Cell(f"{str(year)[2:]}.{month}.{when.day}"), (when, "day")),
        ]
        if not self.text_only:
            kinds.append(Written(Cell(float(f"{year}.1")), None, aside="january or october"))
        return self.rng.choice(kinds)

    def month(self, year: int, month: int) -> Written:
        """A month; the value is (first day, month)."""
        value = (date(year, month, 1), "month")
        if self.slip() and not self.text_only:
            return Written(Cell(float(f"{year}.1")), None, aside="january or october")
        forms = {
            "chinese": Cell(f"{year}年{month}月"),
            "dashes": Cell(f"{year}-{month:02d}"),
            "six": Cell(f"{year}{month:02d}" if self.text_only else int(f"{year}{month:02d}")),
            "dot_text": Cell(f"{year}.{month}" if month != 1 else f"{year}年1月"),
        }
        return Written(forms[self.month_way], value)

    # words

    def code(self, column: str, value: str | None, spellings: str = "") -> Written:
        """A code, in this hand's spelling of it."""
        if value is None:
            return Written(Cell(self.rng.choice(["", "", "无", "/"]) if column != "student_code" else ""), None)
        if self.slip(0.6) and column not in ("attendance_code", "relation_code", "sex_code"):
            bad = self.rng.choice(["其它情形甲", "按文件执行", "同上栏", "另议"])
            return Written(Cell(bad), None, aside=bad)
        variants = SPELLINGS[spellings or column][value]
        if self.mixed:
            return Written(Cell(self.rng.choice(variants)), value)
        chosen = self.spelling.setdefault((column, value), self.rng.choice(variants))
        return Written(Cell(chosen), value)

    def codes(self, column: str, values: frozenset[str] | None, spellings: str) -> Written:
        """Several codes in one cell, in either order."""
        if not values:
            return Written(Cell(self.rng.choice(["", "无", "/"])), None)
        texts = [self.rng.choice(SPELLINGS[spellings][value]).strip() for value in sorted(values)]
        self.rng.shuffle(texts)
        return Written(Cell(self.joiner.join(texts)), values)

    def flag(self, value: bool | None, pair: tuple[str, str] | None = None) -> Written:
        """Yes or no."""
        if value is None:
            return Written(Cell(""), None)
        text = (pair or self.yes_no)[0 if value else 1]
        if text in ("1", "0") and not self.text_only:
            return Written(Cell(int(text)), value)
        return Written(Cell(text), value)

    # people

    def name(self, name: str) -> Written:
        """A name; some hands put a space into short ones, or a remark behind them."""
        if len(name) == 2 and self.rng.random() < 0.3:
            return Written(Cell(f"{name[0]}{self.rng.choice([' ', '　', '  '])}{name[1]}"), name)
        return Written(Cell(name), name)

    def id_number(self, person: Person, damage: bool = True) -> Written:
        """An ID number: right in the end, or set aside."""
        number = person.id_number
        rng = self.rng
        if self.slip(0.6) and damage:
            bad: list[Cell] = [
                Cell(number[:17]),
                Cell(number[:17] + ("1" if number[17] != "1" else "2")),
                Cell(number[:12] + "99999" + number[17]),
            ]
            bad.append(
                Cell(f"{number[:1]}.{number[1:6]}E+17") if self.text_only else Cell(float(number[:15] + "000"), "0")
            )
            cell = rng.choice(bad)
            return Written(cell, None, aside=str(cell.value))
        if self.slip(1.5):
            good = [
                number.lower(),
                f" {number}",
                f"{number}\t",
                f"{number[:6]} {number[6:14]} {number[14:]}",
                number + "41",
            ]
            if number[6:8] == "19" and self._old_form_is_safe(number):
                good.append(number[:6] + number[8:17])
            good.append(number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")))
            return Written(Cell(rng.choice(good)), number)
        return Written(Cell(number), number)

    @staticmethod
    def _old_form_is_safe(number: str) -> bool:
        return check_digit(number[:17]) == number[17]

    def phone(self) -> Written:
        """A phone number; some stand as 138….0."""
        number = f"1{self.rng.choice('3578')}{self.rng.randrange(10**9):09d}"
        return Written(Cell(number + (".0" if self.rng.random() < 0.1 else "")), None)
