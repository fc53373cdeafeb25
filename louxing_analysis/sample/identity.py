"""ID numbers written well and badly; none of them can belong to anybody, for their region code exists nowhere."""

from __future__ import annotations

from random import Random

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_MARKS = "10X98765432"


def check_mark(body: str) -> str:
    """The 18th character for 17 digits (GB 11643-1999)."""
    return _MARKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def is_plain(number: str) -> bool:
    """Whether this is an 18-digit number with a right check digit."""
    return len(number) == 18 and number[:17].isdigit() and check_mark(number[:17]) == number[17]


def lower_case(number: str, rng: Random) -> str | None:
    """…X as …x."""
    return number.lower() if number.endswith("X") else None


def spaced(number: str, rng: Random) -> str | None:
    """Cut in groups, as people read it aloud."""
    return f"{number[:6]} {number[6:14]} {number[14:]}" if is_plain(number) else None


def with_tab(number: str, rng: Random) -> str | None:
    """With the tab that an export leaves behind."""
    return f"{number}\t"


def apostrophe(number: str, rng: Random) -> str | None:
    """With the mark that makes Excel keep text, typed once too often."""
    return f"'{number}"


def full_width(number: str, rng: Random) -> str | None:
    """In full-width digits."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in number)


def disability_card(number: str, rng: Random) -> str | None:
    """The 20 digits of a disability card: the ID number, type and level."""
    return f"{number}{rng.randint(1, 7)}{rng.randint(1, 4)}" if is_plain(number) else None


def fifteen_digits(number: str, rng: Random) -> str | None:
    """The number as cards had it before 1999: no century, no check digit."""
    return f"{number[:6]}{number[8:17]}" if is_plain(number) and number[6:8] == "19" else None


def wrong_mark(number: str, rng: Random) -> str | None:
    """A last digit that does not fit."""
    if not is_plain(number):
        return None
    return number[:17] + rng.choice([mark for mark in "0123456789" if mark != number[17]])


def too_short(number: str, rng: Random) -> str | None:
    """One digit left out."""
    place = rng.randrange(7, 17)
    return number[:place] + number[place + 1 :] if is_plain(number) else None


def no_such_birthday(number: str, rng: Random) -> str | None:
    """A thirty-first of February, with a check digit that fits."""
    body = f"{number[:10]}0231{number[14:17]}"
    return body + check_mark(body) if is_plain(number) else None


def as_excel_number(number: str, rng: Random) -> float | None:
    """Typed as a number: Excel keeps fifteen digits."""
    return float(f"{number[:15]}000") if number.isdigit() and len(number) == 18 else None
