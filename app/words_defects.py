"""Defects and refusals explained: what it means and what to do, as (Chinese, English).

Belongs here: one sentence a rule of docs/ports.md section 2, a reject reason, a refusal.
Does not belong here: the short names of the rules (words_codes.py).
"""

from __future__ import annotations

DEFECTS: dict[str, tuple[str, str]] = {
    "no_subject": (
        "看不出是哪家企业或哪个园区；请填写名称、信用代码或园区编号",
        "No enterprise or park; give a name, a credit code or a park code",
    ),
    "no_key": (
        "缺少编号或名称，无法登记；请补齐",
        "Neither code nor name; give one",
    ),
    "bad_time": ("没有日期或日期不存在；请填写真实日期", "No such day; give the real one"),
    "time_out_of_range": (
        "日期超出合理范围，如早于1990年或晚于报表日期；请核对",
        "The day is out of range, before 1990 or after the file's own; check it",
    ),
    "no_party": ("没有当事人；请填写被处罚单位或个人", "No party; name who was penalised"),
    "no_level": ("没有等级；请填写", "No level; give it"),
    "bad_value": ("单元格的内容无法读取，已置空", "The cell cannot be read; it is empty now"),
    "bad_date": ("日期不存在或无法读取，已置空", "No such date; the cell is empty now"),
    "out_of_range": ("数值超出合理范围，已置空", "Beyond its range; the cell is empty now"),
    "unknown_code": (
        "代码表中没有这个词，已置空；如属新词请补充代码表",
        "A word the code list does not know; the cell is empty now",
    ),
    "uscc_invalid": (
        "信用代码位数或校验位不对，已置空；改按名称认定",
        "Wrong length or check digit; the name decides",
    ),
    "uscc_damaged": (
        "信用代码被表格软件改成了科学计数，已置空；请以文本格式重新导出",
        "Turned into a number by a spreadsheet; export it as text",
    ),
    "order": ("日期先后颠倒，两个日期都保留", "Dates in the wrong order; both are kept"),
    "two_values": (
        "同一字段有两列且内容不同，采用第一列",
        "Two columns of one field disagree; the first is used",
    ),
    "total_mismatch": (
        "合计行与明细之和不一致，明细照常采用",
        "The total row is not the sum of the rows; the rows are used",
    ),
    "known_at_unknown": (
        "文件没有可用的数据日期；请在文件名或表头注明",
        "The file has no data date; put one into its name or title",
    ),
    "file_date_ignored": (
        "文件名中的日期与内容相差一年以上，未采用",
        "The date of the file name is over a year from its rows; not used",
    ),
    "unit_assumed": ("没有注明单位，按默认单位处理", "No unit given; the default is taken"),
    "crs_assumed": (
        "没有注明坐标系，按默认坐标系处理",
        "No coordinate system; the default is taken",
    ),
    "coords_swapped": ("经纬度写反，已换回", "Longitude and latitude were swapped back"),
    "coords_outside": ("坐标不在辖区范围内，已置空", "Outside the district; the cell is empty now"),
    "not_bool": ("看不出是或否，已置空", "Neither yes nor no; the cell is empty now"),
    "version_tie": (
        "同一天的两个文件对同一记录说法不同",
        "Two files of one day say different things of one record",
    ),
    "set_point_too_high": (
        "可燃气体报警值高于标准上限，请核实并调低",
        "Above the most the standard allows for combustible gas; check and lower it",
    ),
    "set_point_missing": (
        "设备清单和规则都没有该监测项的报警值，不识别报警",
        "Neither register nor rule has a set point for it; no alarm is looked for",
    ),
    "unit_unconvertible": (
        "读数单位不能换算成设备单位，数值按原样保留",
        "Cannot be converted to the unit of the device; values stay as written",
    ),
    "device_unknown": (
        "设备清单中没有这个编号，暂列；请补报设备清单",
        "The device list does not have it; send a newer list",
    ),
    "full_list_incomplete": (
        "全量清单有问题，未据此判定迁出",
        "The full list has defects, so nobody was taken off by it",
    ),
    "code_name_conflict": (
        "信用代码登记在另一名称下，按名称认定",
        "The code is registered under another name; the name decides",
    ),
    "subject_unknown": (
        "底册中没有这个对象，已作为未在册对象单独计数",
        "In no register; counted apart",
    ),
    "hazard_count_mismatch": (
        "检查记录填报的隐患数与隐患台账不一致",
        "The visit claims another number of hazards than the ledger holds",
    ),
    "tenant_count_mismatch": (
        "底册填报的承租企业数与承租清单不一致",
        "The register claims another number of tenants than the list holds",
    ),
    "doubtful_value": (
        "数值大得可疑，照原值采用；请核对单位是否写错",
        "Doubtfully large and used as it is; check its unit",
    ),
    "double_penalty_mismatch": (
        "填报的“一案双罚”与该案当事人不一致；既有单位又有个人的才是一案双罚",
        "The claim differs from the parties: only a unit and a person make a double penalty",
    ),
    "grade_mismatch": (
        "填报的等级与按死亡、重伤人数和直接经济损失计算的等级(国务院令第493号第三条)不一致",
        "The claimed grade differs from that of deaths, serious injuries and direct loss",
    ),
    "unrecognised": (
        "找不到能识别的表头；请核对是否为应报报表，或补充契约",
        "No known header; check the file, or add a contract",
    ),
    "ambiguous": (
        "与两种报表都相像；请在文件名或标题写明报表名称",
        "Fits two exports; name the export in the file name or title",
    ),
    "missing_column": (
        "缺少必需的列；请补齐后重新导出",
        "A required column is missing; export again",
    ),
    "unreadable": (
        "文件损坏、不完整或有密码；请重新导出",
        "Damaged, cut off or locked; export again",
    ),
    "encoding": ("文字编码无法读取；请另存为 UTF-8 或 GB18030", "Save it as UTF-8 or GB18030"),
    "empty": ("文件是空的；请重新导出", "The file is empty; export again"),
}
