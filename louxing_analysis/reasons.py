"""The ways a file or a sheet can be wrong, or something worth saying; what a way to be wrong is made of."""

from __future__ import annotations

from typing import NamedTuple

STRUCTURAL = "structural"  # the sheet or file is set aside, or a column is not known; the run ends with exit code 1
QUARANTINED = "quarantined"  # the row cannot stand without the cell
SET_ASIDE = "set_aside"  # the cell is missing in the clean table
NOTED = "noted"  # kept, and said


class Reason(NamedTuple):
    """One way to be wrong: how loud it is by default, what it is, and what to do next."""

    severity: str
    zh: str
    en: str
    next_zh: str
    next_en: str


MEND_CELL = (
    "请在原表中更正该单元格，或在 corrections.csv 中登记更正",
    "mend the cell in the workbook, or add a row to corrections.csv",
)
LOOK = ("请核对原表", "check it against the workbook")
RESEND = (
    "请用 Excel 或 WPS 打开后另存为 .xlsx，再放回 data/raw",
    "open it in Excel or WPS, save it as .xlsx and put it back into data/raw",
)

REASONS_OF_SHEETS: dict[str, Reason] = {
    # files
    "damaged_file": Reason(STRUCTURAL, "文件已损坏，无法读取", "the file is damaged and cannot be read", *RESEND),
    "encrypted_file": Reason(
        STRUCTURAL,
        "文件设有密码",
        "the file is protected by a password",
        "请去掉密码后再放回 data/raw",
        "take the password off and put it back into data/raw",
    ),
    "hostile_file": Reason(
        STRUCTURAL, "文件结构异常（可能有害），未打开", "the file is built abnormally and was not opened", *RESEND
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
    "reader_died": Reason(
        STRUCTURAL,
        "读取此文件时进程异常终止，其余文件不受影响",
        "the process that read this file died; the other files are not affected",
        *RESEND,
    ),
    "marked_copy_beside": Reason(
        STRUCTURAL,
        "是另一文件的标注副本，两份都在，未读取本份",
        "a marked copy of another file that is there too; the copy was not read",
        "若副本已更正请移走原件，否则请移走副本；若其实是另一份台账，请删去其中的“问题清单”",
        "if the copy was mended move the original out of data/raw, else the copy; if it is another ledger, delete its list",
    ),
    # sheets
    "program_fault": Reason(
        STRUCTURAL,
        "程序处理此表时出错，此表未读取",
        "this program failed on the sheet; it was not read",
        "请把此表的样式（不含个人信息）报告给开发者；LOUXING_DEBUG=1 显示详情",
        "please report what the sheet looks like (without its people); LOUXING_DEBUG=1 shows where it failed",
    ),
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
        NOTED, "可选列重复，取第一列", "an optional column is repeated; the first is kept", *LOOK
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
        "数值与所写单位相差悬殊，疑为单位错误，未读取该列",
        "the values do not fit the stated unit by powers of ten; the column was not read",
        "请核对单位后更正表头，或按建议登记到 headers.csv",
        "check the unit and mend the header, or add the proposed row to headers.csv",
    ),
    "rate_unit": Reason(
        STRUCTURAL,
        "表头写的是每月、每人、每亩等的标准，不是金额，未读取该列",
        "the header states so much a month, a head or a mu, not an amount; the column was not read",
        "请换算成金额列，或在 headers.csv 中把该表头标为 ignored",
        "turn the column into amounts, or mark the header as ignored in headers.csv",
    ),
    "correction_stale": Reason(
        STRUCTURAL,
        "登记的更正已不适用：单元格内容已变",
        "a correction no longer applies: the cell says something else",
        "请更新或删除 corrections.csv 中的该行",
        "update or delete the row of corrections.csv",
    ),
    "correction_homeless": Reason(
        STRUCTURAL,
        "登记的更正找不到工作簿或工作表",
        "a correction names a workbook or sheet that is not there",
        "请核对 corrections.csv 中的工作簿和工作表名",
        "check the names of workbook and sheet in corrections.csv",
    ),
    "correction_twice": Reason(
        STRUCTURAL,
        "同一单元格登记了两条更正",
        "two corrections for one cell",
        "请在 corrections.csv 中只保留一条",
        "keep one of the two rows of corrections.csv",
    ),
    "correction_unreadable": Reason(
        STRUCTURAL,
        "登记的更正值本身无法采用",
        "what a correction says to use cannot be read itself",
        "请修改 corrections.csv 中该行的 use",
        "mend `use` in that row of corrections.csv",
    ),
    "corrected": Reason(
        NOTED,
        "已按 corrections.csv 更正",
        "corrected by a row of corrections.csv",
        "请在原表中同样更正",
        "mend the workbook likewise",
    ),
    "answer_in_list": Reason(
        NOTED,
        "报送单位在问题清单里写了处理意见，但单元格未改，未采用",
        "the office wrote its answer into the list and left the cell as it was; not applied",
        "请在原表中更正该单元格，或在 corrections.csv 中登记",
        "mend the cell in the workbook, or add a row to corrections.csv",
    ),
    "no_year": Reason(
        STRUCTURAL,
        "标题、表名和文件名中都没有年度",
        "neither title, sheet name nor file name tells the year",
        "请在标题中写明年度，例如 2018年度",
        "write the year into the title, such as 2018年度",
    ),
    "hidden_sheet": Reason(NOTED, "隐藏的工作表，已读取", "a hidden sheet, read all the same", *LOOK),
    "hidden_row": Reason(NOTED, "隐藏的行，已读取", "hidden rows, read all the same", *LOOK),
    # notes
    "total_differs": Reason(NOTED, "合计与各行之和不一致", "the stated total differs from the sum of the rows", *LOOK),
    "rows_do_not_add_up": Reason(
        NOTED,
        "合计与各行之和对不上，换哪种分组都不符，未逐格核对",
        "the stated sums fit the rows in no grouping; they were not checked cell by cell",
        *LOOK,
    ),
    "copied_sheet": Reason(
        NOTED,
        "与另一张表的数字相同，疑为复制未改",
        "holds the figures of another sheet, as if copied and not filled in anew",
        *LOOK,
    ),
    "wrong_table": Reason(
        NOTED,
        "表名与内容不符，疑为放错了表",
        "holds another table than its name says",
        *LOOK,
    ),
    "unit_changes": Reason(
        NOTED,
        "同一种表前后单位不同",
        "the unit is not that of the same table for another year or place",
        *LOOK,
    ),
    "figures_jump": Reason(
        NOTED,
        "多数数字与上年相差约十的整数次方，疑为单位变了",
        "most figures change by about a power of ten, as if the unit had changed",
        *LOOK,
    ),
    "unit_doubtful": Reason(
        NOTED,
        "数值与所写单位不相称",
        "the figures cannot be in the unit they are said to be in",
        *LOOK,
    ),
    "other_year": Reason(
        NOTED,
        "登记表中往年的数据列，未读取",
        "a register's column of another year; it was not read",
        "如需使用，请把往年收入另存为收入台账",
        "to use it, save the earlier years' incomes as an income account",
    ),
    "household_not_in_register": Reason(NOTED, "该户不在户表中", "this household stands in no register", *LOOK),
}
