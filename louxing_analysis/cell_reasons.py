"""The ways a row or a cell can be wrong, each with its sentence in Chinese and English."""

from __future__ import annotations

from louxing_analysis.reasons import LOOK, MEND_CELL, NOTED, QUARANTINED, SET_ASIDE, Reason

REASONS_OF_CELLS: dict[str, Reason] = {
    # rows
    "no_household": Reason(
        QUARANTINED,
        "无法对应到建档立卡户",
        "the row names no registered household",
        "请补上户编号或户主证件号码",
        "add the household code or the head's ID number",
    ),
    "household_link_tied": Reason(
        NOTED,
        "与上年两户同样相符，取其一，把握较低",
        "fits two households of the year before equally well; one was taken, with low certainty",
        "请核对户编号和户主证件号码",
        "check the household code and the head's ID number",
    ),
    "household_code_reused": Reason(
        NOTED,
        "户编号与往年另一户相同但人员无一相同，按两户处理",
        "bears the code of an earlier household with nobody in common; kept as another household",
        "请核对户编号",
        "check the household code",
    ),
    "household_link_likely": Reason(
        NOTED,
        "可能与往年某户为同一户，证据不足，分开保留",
        "may be a household of an earlier year, but too few members are the same; kept apart",
        "如为同一户，请统一户编号",
        "if it is the same household, give it the same code",
    ),
    "no_person": Reason(
        QUARANTINED,
        "无法对应到家庭成员",
        "the row names no person who can be told apart",
        "请补上证件号码或姓名与出生日期",
        "add the ID number, or name and date of birth",
    ),
    "required_missing": Reason(QUARANTINED, "必填单元格为空", "a required cell is empty", *MEND_CELL),
    "no_income": Reason(
        QUARANTINED, "家庭纯收入和人均纯收入都没有", "neither net income nor income per head is given", *MEND_CELL
    ),
    "nothing_recorded": Reason(QUARANTINED, "该行在各栏下都没有记录", "nothing at all is recorded in the row", *LOOK),
    "repeats": Reason(
        QUARANTINED,
        "与前面的行重复且内容一致",
        "repeats an earlier row and agrees with it",
        "可删去重复行",
        "the repeated row may be deleted",
    ),
    "duplicate_differs": Reason(
        QUARANTINED, "同一关键字出现两次且内容不一致", "the same key twice, with different contents", *MEND_CELL
    ),
    "unknown_place": Reason(
        SET_ASIDE,
        "地名不在 places.csv 中",
        "the place is not in places.csv",
        "请更正地名，或在 places.csv / spellings.csv 中登记",
        "mend the name, or add it to places.csv or spellings.csv",
    ),
    "village_split": Reason(
        NOTED,
        "原村现已分为几个村，只保留乡镇",
        "the former village is several villages today; only the township is kept",
        "请在原表中写明现村名",
        "write the name of today's village",
    ),
    # numbers
    "not_a_number": Reason(SET_ASIDE, "不是数字", "not a number", *MEND_CELL),
    "expression": Reason(SET_ASIDE, "是算式而不是数", "an expression, not a number", *MEND_CELL),
    "range": Reason(SET_ASIDE, "是范围而不是数", "a range, not a number", *MEND_CELL),
    "midpoint": Reason(NOTED, "范围，按中点采用", "a range, its midpoint is used", *LOOK),
    "rate_not_amount": Reason(
        SET_ASIDE,
        "是每月、每人、每亩等的标准，不是该行的金额",
        "so much a month, a head or a mu, not the amount of the row",
        *MEND_CELL,
    ),
    "unit_slip": Reason(
        SET_ASIDE,
        "与同列其他数相差约一万倍，疑为元与万元混写",
        "about ten thousand times the other figures of its column, or a ten-thousandth: yuan and 万元 mixed?",
        *MEND_CELL,
    ),
    "unit_slip_possible": Reason(
        NOTED,
        "与同列其他数相差约一万倍，疑为元与万元混写，按所写数值采用",
        "about ten thousand times the other figures of its column, or a ten-thousandth; used as written",
        *LOOK,
    ),
    "date_in_number": Reason(SET_ASIDE, "数字列中出现日期", "a date in a column of numbers", *MEND_CELL),
    "not_an_integer": Reason(SET_ASIDE, "应为整数", "a whole number is wanted", *MEND_CELL),
    "out_of_range": Reason(SET_ASIDE, "超出可能的范围", "outside what is possible", *MEND_CELL),
    "approximate": Reason(NOTED, "约数，按所写数值采用", "an approximate figure, used as written", *LOOK),
    "bad_grouping": Reason(
        SET_ASIDE, "千分位逗号的位置不对", "the thousands mark stands in the wrong place", *MEND_CELL
    ),
    "several_numbers": Reason(SET_ASIDE, "一个单元格里有几个数", "several numbers in one cell", *MEND_CELL),
    "unknown_cell_unit": Reason(
        SET_ASIDE,
        "数字后面的单位或文字不认识",
        "the unit or word behind the number is not known here",
        "请在原表中更正，或在 units.csv 中登记该单位",
        "mend the cell, or add the unit to units.csv",
    ),
    "ambiguous_share": Reason(SET_ASIDE, "无法判断是小数还是百分数", "may be a fraction or a percentage", *MEND_CELL),
    "negative_in_brackets": Reason(NOTED, "括号中的数按负数采用", "a number in brackets, taken as negative", *LOOK),
    "error_cell": Reason(SET_ASIDE, "公式错误值", "an error value of a formula", *MEND_CELL),
    "not_calculated": Reason(
        SET_ASIDE,
        "公式没有计算结果",
        "a formula that was never calculated",
        "请在 Excel 中打开、重算并保存",
        "open it in Excel, recalculate and save",
    ),
    # dates
    "not_a_date": Reason(SET_ASIDE, "不是日期", "not a date", *MEND_CELL),
    "impossible_date": Reason(SET_ASIDE, "不存在的日期", "a date that does not exist", *MEND_CELL),
    "ambiguous_october": Reason(
        SET_ASIDE,
        "2018.1 可能是一月，也可能是丢了零的十月",
        "may be January, or October that lost its zero",
        *MEND_CELL,
    ),
    "date_range": Reason(SET_ASIDE, "是一段时间而不是日期", "a span of time, not a date", *MEND_CELL),
    "several_dates": Reason(SET_ASIDE, "一个单元格里有几个日期", "several dates in one cell", *MEND_CELL),
    "date_after_year": Reason(NOTED, "晚于表的年度一年以上", "more than a year after the year of the table", *LOOK),
    "deceased_in_name": Reason(
        NOTED,
        "姓名后注明已故；健康状况未填的按死亡计",
        "the name says that the person is dead; counted so where no health is stated",
        *LOOK,
    ),
    "implausible_date": Reason(SET_ASIDE, "日期不合情理", "a date that cannot be right here", *MEND_CELL),
    "ambiguous_date": Reason(
        SET_ASIDE, "年、月、日的顺序无法判断", "which part is the year cannot be told", *MEND_CELL
    ),
    "year_missing": Reason(SET_ASIDE, "没有写年份", "the year is not written", *MEND_CELL),
    "month_missing": Reason(SET_ASIDE, "没有写月份", "the month is not written", *MEND_CELL),
    "not_a_year": Reason(SET_ASIDE, "不是年份", "not a year", *MEND_CELL),
    "two_digit_year": Reason(NOTED, "两位数年份，已补足四位", "a year of two digits, written out", *LOOK),
    "year_from_title": Reason(
        NOTED, "单元格没有年份，取自标题或表名", "the year was taken from the title or the sheet's name", *LOOK
    ),
    "rough_date": Reason(
        NOTED,
        "只是大致时间（如月底、年初），按较粗的精度采用",
        "a rough date, kept as the month or year it names",
        *LOOK,
    ),
    "open_ended": Reason(NOTED, "长期或至今", "open-ended", *LOOK),
    # identity
    "digits_lost": Reason(
        SET_ASIDE,
        "号码的末几位已被 Excel 丢失",
        "the last digits of the number were lost by Excel",
        "请以文本格式重新录入",
        "type it again, as text",
    ),
    "id_length": Reason(SET_ASIDE, "证件号码位数不对", "an ID number of the wrong length", *MEND_CELL),
    "id_letters": Reason(
        SET_ASIDE,
        "证件号码中用字母 O、l、I 代替了数字 0、1",
        "letters O, l or I stand for 0 and 1 in the ID number",
        *MEND_CELL,
    ),
    "id_several": Reason(SET_ASIDE, "一个单元格里有几个证件号码", "several ID numbers in one cell", *MEND_CELL),
    "id_with_text": Reason(
        SET_ASIDE,
        "证件号码旁另有文字，无法确定是谁的号码",
        "words stand beside the ID number; whose it is cannot be told",
        *MEND_CELL,
    ),
    "id_masked": Reason(SET_ASIDE, "证件号码已打码", "the ID number is masked with stars", *MEND_CELL),
    "id_is_text": Reason(SET_ASIDE, "证件号码栏里不是号码", "no number stands where the ID number belongs", *MEND_CELL),
    "id_other_document": Reason(
        SET_ASIDE, "不是居民身份证或残疾人证号码", "neither an ID number nor a disability certificate", *MEND_CELL
    ),
    "id_check_digit": Reason(SET_ASIDE, "证件号码校验位不符", "the check digit of the ID number is wrong", *MEND_CELL),
    "id_birth_date": Reason(
        SET_ASIDE, "证件号码中的出生日期不存在", "the birth date inside the ID number does not exist", *MEND_CELL
    ),
    "id_digits_lost": Reason(
        SET_ASIDE,
        "证件号码末几位已被 Excel 丢失",
        "the ID number lost its last digits in Excel",
        "请以文本格式重新录入",
        "type it again, as text",
    ),
    "id_fabricated": Reason(
        SET_ASIDE,
        "疑为编造的证件号码（含 99999，或数字全同、顺排）",
        "an ID number that looks made up (99999, one digit throughout, 12345678)",
        *MEND_CELL,
    ),
    "id_15_digits": Reason(
        NOTED, "15 位旧证件号码，已换算成 18 位", "an old ID number of 15 digits, written out to 18", *LOOK
    ),
    "not_a_name": Reason(SET_ASIDE, "不是姓名", "not a name", *MEND_CELL),
    "several_names": Reason(NOTED, "一个单元格里有几个姓名", "several names in one cell", *LOOK),
    "lost_character": Reason(
        NOTED, "有字丢失（显示为 ? 或方框）", "a character was lost and shows as ? or a box", *LOOK
    ),
    "not_a_phone": Reason(SET_ASIDE, "不是电话号码", "not a telephone number", *MEND_CELL),
    "not_an_account": Reason(SET_ASIDE, "不是银行账号", "not a bank account", *MEND_CELL),
    # vocabularies
    "unknown_code": Reason(
        SET_ASIDE,
        "不在词表中的写法",
        "not a word of the vocabulary",
        "请更正，或在 spellings.csv 中登记",
        "mend it, or add it to spellings.csv",
    ),
    "part_unknown": Reason(
        NOTED,
        "几项中有一项不在词表中，其余已采用",
        "one of several words is not of the vocabulary; the others are used",
        "请更正，或在 spellings.csv 中登记",
        "mend it, or add it to spellings.csv",
    ),
    "several_codes": Reason(SET_ASIDE, "只应有一项，却写了几项", "several words where one is wanted", *MEND_CELL),
    "bare_code": Reason(
        SET_ASIDE,
        "只有代码没有文字，各系统代码不同，不予采用",
        "a bare code; systems differ in their codes",
        *MEND_CELL,
    ),
    "not_a_boolean": Reason(
        SET_ASIDE,
        "不是“是/否”，也不是各单位通用的符号",
        "neither yes nor no, nor a mark that means the same in every office",
        "请更正，或在 spellings.csv 的 boolean 词表中登记",
        "mend it, or add it to the vocabulary boolean of spellings.csv",
    ),
}
