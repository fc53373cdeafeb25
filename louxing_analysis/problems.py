"""The ways a file, a sheet, a row or a cell can be wrong, each with its sentence in Chinese and English."""

from __future__ import annotations

from typing import NamedTuple

STRUCTURAL = "structural"  # the sheet or file is set aside, or a column is not known; the run ends with exit code 1
QUARANTINED = "quarantined"  # the row cannot stand without the cell
SET_ASIDE = "set_aside"  # the cell is missing in the clean table
NOTED = "noted"  # kept, and said

SEVERITIES = (STRUCTURAL, QUARANTINED, SET_ASIDE, NOTED)

FOOTNOTED = frozenset({"unknown_header"})
"""Structural surprises that become a footnote of the report; all others stop publishing."""


class Problem(NamedTuple):
    """One thing that is wrong in one place; all fields are text, `cell` is like C12 or empty for a whole sheet."""

    table: str
    workbook: str
    sheet: str
    cell: str
    column: str
    found: str
    reason: str
    severity: str
    detail: str = ""


class Reason(NamedTuple):
    """One way to be wrong: how loud it is by default, what it is, and what to do next."""

    severity: str
    zh: str
    en: str
    next_zh: str
    next_en: str


_MEND_CELL = (
    "请在原表中更正该单元格，或在 corrections.csv 中登记更正",
    "mend the cell in the workbook, or add a row to corrections.csv",
)
_LOOK = ("请核对原表", "check it against the workbook")
_RESEND = (
    "请用 Excel 或 WPS 打开后另存为 .xlsx，再放回 data/raw",
    "open it in Excel or WPS, save it as .xlsx and put it back into data/raw",
)

REASONS: dict[str, Reason] = {
    # files
    "damaged_file": Reason(STRUCTURAL, "文件已损坏，无法读取", "the file is damaged and cannot be read", *_RESEND),
    "encrypted_file": Reason(
        STRUCTURAL,
        "文件设有密码",
        "the file is protected by a password",
        "请去掉密码后再放回 data/raw",
        "take the password off and put it back into data/raw",
    ),
    "hostile_file": Reason(
        STRUCTURAL, "文件结构异常（可能有害），未打开", "the file is built abnormally and was not opened", *_RESEND
    ),
    "unknown_file": Reason(
        STRUCTURAL,
        "不是可识别的表格文件",
        "this is not a spreadsheet that can be read",
        "请放入表格文件本身（.xlsx .xls .et .ods .csv 等），不要 Word 或 PDF",
        "put the table itself in (.xlsx .xls .et .ods .csv …), no Word file or PDF",
    ),
    "empty_file": Reason(
        STRUCTURAL,
        "文件是空的",
        "the file is empty",
        "请向报送单位重新索取",
        "ask for it again from the office that sent it",
    ),
    "misnamed_file": Reason(
        STRUCTURAL,
        "文件名的编码不对，未读取",
        "the bytes of the file's name are no Unicode; it was not read",
        "请把文件改名后再放回 data/raw",
        "rename the file and put it back into data/raw",
    ),
    "copied_file": Reason(
        STRUCTURAL,
        "与另一文件内容完全相同，未重复读取",
        "the same bytes as another file; not read twice",
        "请从 data/raw 中删去其中一份",
        "delete one of the two from data/raw",
    ),
    # sheets
    "no_table": Reason(
        STRUCTURAL,
        "工作表中没有找到表格",
        "no table was found on the sheet",
        "请用 louxing inspect 查看，若不是台账请移出 data/raw",
        "look at it with louxing inspect; if it is no ledger, move it out of data/raw",
    ),
    "unknown_ledger": Reason(
        STRUCTURAL,
        "无法判断是哪一种台账",
        "no known ledger has this layout",
        "请用 louxing inspect 查看表头，并在 headers.csv 中登记",
        "look at its headers with louxing inspect and add them to headers.csv",
    ),
    "required_column_missing": Reason(
        STRUCTURAL,
        "缺少必需的列",
        "a required column is missing",
        "请补上该列，或在 headers.csv 中登记它的写法",
        "add the column, or say in headers.csv how it is written here",
    ),
    "column_claimed_twice": Reason(
        STRUCTURAL,
        "两列都对应同一必需字段且内容不一致",
        "two columns claim one required column and differ",
        "请在 headers.csv 中把其中一列标为 ignored",
        "mark one of the two as ignored in headers.csv",
    ),
    "repeated_header": Reason(
        NOTED, "可选列重复，取第一列", "an optional column is repeated; the first is kept", *_LOOK
    ),
    "unknown_header": Reason(
        STRUCTURAL,
        "不认识的表头，未读取该列",
        "a header nobody knows; the column was not read",
        "请把建议的行登记到 headers.csv",
        "add the proposed row to headers.csv",
    ),
    "rows_not_conserved": Reason(
        STRUCTURAL,
        "行数不守恒",
        "the rows of the sheet do not add up",
        "请报告此问题并附上该表结构（不含个人信息）",
        "report this, with the sheet's layout and without personal data",
    ),
    "unknown_unit": Reason(
        STRUCTURAL,
        "单位无法识别",
        "the unit is not known",
        "请在 headers.csv 中写明该列单位",
        "state the column's unit in headers.csv",
    ),
    "implausible_unit": Reason(
        STRUCTURAL,
        "数值与所写单位相差悬殊，疑为单位错误",
        "the values do not fit the stated unit by powers of ten",
        "请核对单位后更正表头",
        "check the unit and mend the header",
    ),
    "correction_stale": Reason(
        STRUCTURAL,
        "登记的更正已不适用：单元格内容已变",
        "a correction no longer applies: the cell says something else",
        "请更新或删除 corrections.csv 中的该行",
        "update or delete the row of corrections.csv",
    ),
    "no_year": Reason(
        STRUCTURAL,
        "标题、表名和文件名中都没有年度",
        "neither title, sheet name nor file name tells the year",
        "请在标题中写明年度，例如 2018年度",
        "write the year into the title, such as 2018年度",
    ),
    "hidden_sheet": Reason(NOTED, "隐藏的工作表，已读取", "a hidden sheet, read all the same", *_LOOK),
    "hidden_row": Reason(NOTED, "隐藏的行，已读取", "hidden rows, read all the same", *_LOOK),
    # rows
    "no_household": Reason(
        QUARANTINED,
        "无法对应到建档立卡户",
        "the row names no registered household",
        "请补上户编号或户主证件号码",
        "add the household code or the head's ID number",
    ),
    "no_person": Reason(
        QUARANTINED,
        "无法对应到家庭成员",
        "the row names no person who can be told apart",
        "请补上证件号码或姓名与出生日期",
        "add the ID number, or name and date of birth",
    ),
    "required_missing": Reason(QUARANTINED, "必填单元格为空", "a required cell is empty", *_MEND_CELL),
    "no_income": Reason(
        QUARANTINED, "家庭纯收入和人均纯收入都没有", "neither net income nor income per head is given", *_MEND_CELL
    ),
    "nothing_recorded": Reason(QUARANTINED, "该行在各栏下都没有记录", "nothing at all is recorded in the row", *_LOOK),
    "repeats": Reason(
        QUARANTINED,
        "与前面的行重复且内容一致",
        "repeats an earlier row and agrees with it",
        "可删去重复行",
        "the repeated row may be deleted",
    ),
    "duplicate_differs": Reason(
        QUARANTINED, "同一关键字出现两次且内容不一致", "the same key twice, with different contents", *_MEND_CELL
    ),
    "unknown_place": Reason(
        SET_ASIDE,
        "地名不在 places.csv 中",
        "the place is not in places.csv",
        "请更正地名，或在 places.csv / spellings.csv 中登记",
        "mend the name, or add it to places.csv or spellings.csv",
    ),
    # numbers
    "not_a_number": Reason(SET_ASIDE, "不是数字", "not a number", *_MEND_CELL),
    "expression": Reason(SET_ASIDE, "是算式而不是数", "an expression, not a number", *_MEND_CELL),
    "range": Reason(SET_ASIDE, "是范围而不是数", "a range, not a number", *_MEND_CELL),
    "date_in_number": Reason(SET_ASIDE, "数字列中出现日期", "a date in a column of numbers", *_MEND_CELL),
    "not_an_integer": Reason(SET_ASIDE, "应为整数", "a whole number is wanted", *_MEND_CELL),
    "out_of_range": Reason(SET_ASIDE, "超出可能的范围", "outside what is possible", *_MEND_CELL),
    "approximate": Reason(NOTED, "约数，按所写数值采用", "an approximate figure, used as written", *_LOOK),
    "bad_grouping": Reason(
        SET_ASIDE, "千分位逗号的位置不对", "the thousands mark stands in the wrong place", *_MEND_CELL
    ),
    "several_numbers": Reason(SET_ASIDE, "一个单元格里有几个数", "several numbers in one cell", *_MEND_CELL),
    "unknown_cell_unit": Reason(
        SET_ASIDE,
        "数字后面的单位或文字不认识",
        "the unit or word behind the number is not known here",
        "请在原表中更正，或在 units.csv 中登记该单位",
        "mend the cell, or add the unit to units.csv",
    ),
    "ambiguous_share": Reason(SET_ASIDE, "无法判断是小数还是百分数", "may be a fraction or a percentage", *_MEND_CELL),
    "negative_in_brackets": Reason(NOTED, "括号中的数按负数采用", "a number in brackets, taken as negative", *_LOOK),
    "error_cell": Reason(SET_ASIDE, "公式错误值", "an error value of a formula", *_MEND_CELL),
    "not_calculated": Reason(
        SET_ASIDE,
        "公式没有计算结果",
        "a formula that was never calculated",
        "请在 Excel 中打开、重算并保存",
        "open it in Excel, recalculate and save",
    ),
    # dates
    "not_a_date": Reason(SET_ASIDE, "不是日期", "not a date", *_MEND_CELL),
    "impossible_date": Reason(SET_ASIDE, "不存在的日期", "a date that does not exist", *_MEND_CELL),
    "ambiguous_october": Reason(
        SET_ASIDE,
        "2018.1 可能是一月，也可能是丢了零的十月",
        "may be January, or October that lost its zero",
        *_MEND_CELL,
    ),
    "date_range": Reason(SET_ASIDE, "是一段时间而不是日期", "a span of time, not a date", *_MEND_CELL),
    "implausible_date": Reason(SET_ASIDE, "日期不合情理", "a date that cannot be right here", *_MEND_CELL),
    "ambiguous_date": Reason(
        SET_ASIDE, "年、月、日的顺序无法判断", "which part is the year cannot be told", *_MEND_CELL
    ),
    "year_missing": Reason(SET_ASIDE, "没有写年份", "the year is not written", *_MEND_CELL),
    "month_missing": Reason(SET_ASIDE, "没有写月份", "the month is not written", *_MEND_CELL),
    "not_a_year": Reason(SET_ASIDE, "不是年份", "not a year", *_MEND_CELL),
    "two_digit_year": Reason(NOTED, "两位数年份，已补足四位", "a year of two digits, written out", *_LOOK),
    "year_from_title": Reason(
        NOTED, "单元格没有年份，取自标题或表名", "the year was taken from the title or the sheet's name", *_LOOK
    ),
    "rough_date": Reason(
        NOTED,
        "只是大致时间（如月底、年初），按较粗的精度采用",
        "a rough date, kept as the month or year it names",
        *_LOOK,
    ),
    "open_ended": Reason(NOTED, "长期或至今", "open-ended", *_LOOK),
    # identity
    "digits_lost": Reason(
        SET_ASIDE,
        "号码的末几位已被 Excel 丢失",
        "the last digits of the number were lost by Excel",
        "请以文本格式重新录入",
        "type it again, as text",
    ),
    "id_length": Reason(SET_ASIDE, "证件号码位数不对", "an ID number of the wrong length", *_MEND_CELL),
    "id_check_digit": Reason(SET_ASIDE, "证件号码校验位不符", "the check digit of the ID number is wrong", *_MEND_CELL),
    "id_birth_date": Reason(
        SET_ASIDE, "证件号码中的出生日期不存在", "the birth date inside the ID number does not exist", *_MEND_CELL
    ),
    "id_digits_lost": Reason(
        SET_ASIDE,
        "证件号码末几位已被 Excel 丢失",
        "the ID number lost its last digits in Excel",
        "请以文本格式重新录入",
        "type it again, as text",
    ),
    "id_fabricated": Reason(
        SET_ASIDE, "疑为编造的证件号码（含 99999）", "an ID number that looks made up (99999)", *_MEND_CELL
    ),
    "id_15_digits": Reason(
        NOTED, "15 位旧证件号码，已换算成 18 位", "an old ID number of 15 digits, written out to 18", *_LOOK
    ),
    "not_a_name": Reason(SET_ASIDE, "不是姓名", "not a name", *_MEND_CELL),
    "several_names": Reason(NOTED, "一个单元格里有几个姓名", "several names in one cell", *_LOOK),
    "lost_character": Reason(
        NOTED, "有字丢失（显示为 ? 或方框）", "a character was lost and shows as ? or a box", *_LOOK
    ),
    "not_a_phone": Reason(SET_ASIDE, "不是电话号码", "not a telephone number", *_MEND_CELL),
    "not_an_account": Reason(SET_ASIDE, "不是银行账号", "not a bank account", *_MEND_CELL),
    # vocabularies
    "unknown_code": Reason(
        SET_ASIDE,
        "不在词表中的写法",
        "not a word of the vocabulary",
        "请更正，或在 spellings.csv 中登记",
        "mend it, or add it to spellings.csv",
    ),
    "several_codes": Reason(SET_ASIDE, "只应有一项，却写了几项", "several words where one is wanted", *_MEND_CELL),
    "bare_code": Reason(
        SET_ASIDE,
        "只有代码没有文字，各系统代码不同，不予采用",
        "a bare code; systems differ in their codes",
        *_MEND_CELL,
    ),
    "not_a_boolean": Reason(SET_ASIDE, "不是“是/否”", "neither yes nor no", *_MEND_CELL),
    # notes
    "total_differs": Reason(NOTED, "合计与各行之和不一致", "the stated total differs from the sum of the rows", *_LOOK),
    "rows_do_not_add_up": Reason(
        NOTED,
        "合计与各行之和对不上，换哪种分组都不符，未逐格核对",
        "the stated sums fit the rows in no grouping; they were not checked cell by cell",
        *_LOOK,
    ),
    "copied_sheet": Reason(
        NOTED,
        "与另一张表的数字相同，疑为复制未改",
        "holds the figures of another sheet, as if copied and not filled in anew",
        *_LOOK,
    ),
    "wrong_table": Reason(
        NOTED,
        "表名与内容不符，疑为放错了表",
        "holds another table than its name says",
        *_LOOK,
    ),
    "unit_changes": Reason(
        NOTED,
        "同一种表前后单位不同",
        "the unit is not that of the same table for another year or place",
        *_LOOK,
    ),
    "figures_jump": Reason(
        NOTED,
        "多数数字与上年相差约十的整数次方，疑为单位变了",
        "most figures change by about a power of ten, as if the unit had changed",
        *_LOOK,
    ),
    "unit_doubtful": Reason(
        NOTED,
        "数值与所写单位不相称",
        "the figures cannot be in the unit they are said to be in",
        *_LOOK,
    ),
    "size_differs": Reason(NOTED, "家庭人口数与成员行数不一致", "household size differs from the member rows", *_LOOK),
    "present_exceeds_expected": Reason(NOTED, "实到人数多于应到人数", "more present than expected", *_LOOK),
    "income_does_not_add_up": Reason(
        NOTED, "各项收入之和与所填纯收入不符", "the sources do not add up to the stated net income", *_LOOK
    ),
    "income_jump": Reason(
        NOTED, "收入是上年的十倍以上或不足十分之一", "ten times last year's income, or a tenth of it", *_LOOK
    ),
    "end_before_start": Reason(NOTED, "结束早于开始", "ends before it starts", *_LOOK),
    "household_not_in_register": Reason(NOTED, "该户不在户表中", "this household stands in no register", *_LOOK),
}


def severity_of(reason: str) -> str:
    """How loud a reason is by default."""
    return REASONS[reason].severity


def sentence(problem: Problem, language: str = "zh") -> str:
    """One line: file › sheet › cell, the text as written, what is wrong, what to do next; `both` says it in both."""
    reason = REASONS[problem.reason]
    place = " › ".join(part for part in (problem.workbook, problem.sheet, problem.cell) if part)
    found = f" 「{problem.found}」" if problem.found else ""
    detail = f" ({problem.detail})" if problem.detail else ""
    if language == "both":
        return f"{place}{found}: {reason.zh} / {reason.en}{detail}; {reason.next_zh} / {reason.next_en}"
    if language == "en":
        return f"{place}{found}: {reason.en}{detail}; {reason.next_en}"
    return f"{place}{found}：{reason.zh}{detail}；{reason.next_zh}"
