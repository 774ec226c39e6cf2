"""What a blank workbook says to the clerk who fills it, in Chinese and English.

Belongs here: names of sheets, headings, hints.
Does not belong here: words made from a contract's columns (column_words.py), layout
(write_template.py).
"""

WORDS = {
    "template": ("模板", "template"), "list_sheet": ("字典", "lists"),
    "notes_sheet": ("填写说明", "how to fill"),
    "column": ("列", "column"), "required": ("必填", "required"), "type": ("类型", "type"),
    "unit": ("单位", "unit"), "allowed": ("可以填什么", "what may stand there"),
    "others": ("也认这些列名", "headers also understood"),
    "yes": ("必填", "yes"), "group": ("{} 组至少填一列", "at least one of group {}"),
    "rules": ("填写要点", "In short"), "rejected": ("整行退回的情形", "A row is rejected when"),
    "bad_list": ("请从列表中选。", "Choose a word of the list."),
    "bad_date": ("请写成 2024-05-31 这样的日期。", "Write a date such as 2024-05-31."),
}  # fmt: skip
HINTS = (
    (
        "第一行的列名不要改；列的顺序可以换，用不到的列可以整列删掉。",
        "Keep the first row; columns may be moved, and columns not needed may be deleted.",
    ),
    (
        "带 * 的列必须保留并填写；带 ☆ 的列，同组至少保留一列并填写。",
        "Keep and fill the columns with *; of those with ☆ at least one of the group.",
    ),
    (
        "编号、信用代码、电话等列已设为文本，直接粘贴“值”，不要改成数字。",
        "Ids, credit codes and phone numbers are text: paste values, never turn them into numbers.",
    ),
    (
        "不知道就空着；数量为零请写 0，空着表示不知道。",
        "Leave unknown cells empty; write 0 for none, empty means unknown.",
    ),
    (
        "不合要求的单元格按空处理并记入清单，不影响整行；下面“整行退回”的除外。",
        "A cell that does not fit is emptied and listed; only what stands below rejects a row.",
    ),
    (
        "交表时请在文件名里写上数据日期，如 园区底册_2026-03-31.xlsx。",
        "Put the day of the data into the file name, as in parks_2026-03-31.xlsx.",
    ),
)
