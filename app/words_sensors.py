"""Stored codes of devices, readings and alarms in words, as (Chinese, English) side by side.

Belongs here: the closed lists of these exports and the exports' names. Does not belong here: other
codes (words_codes.py), sentences.
"""

from __future__ import annotations

SENSOR_CODES: dict[str, tuple[str, str]] = {
    "devices": ("设备清单", "Devices"),
    "readings": ("实时数据", "Readings"),
    "alarms": ("报警记录", "Alarms"),
    "可燃气体": ("可燃气体", "Combustible gas"),
    "有毒气体": ("有毒气体", "Toxic gas"),
    "氧气": ("氧气", "Oxygen"),
    "烟感": ("烟感", "Smoke"),
    "温感": ("温感", "Heat"),
    "视频": ("视频", "Video"),
    "一键响铃": ("一键响铃", "Alarm bell"),
    "一级": ("一级", "Level 1"),
    "二级": ("二级", "Level 2"),
    "火警": ("火警", "Fire"),
    "故障": ("故障", "Fault"),
    "低电量": ("低电量", "Low battery"),
    "离线": ("离线", "Offline"),
    "在线": ("在线", "Online"),
    "停用": ("停用", "Out of use"),
    "真警": ("真警", "True alarm"),
    "误报": ("误报", "False alarm"),
    "测试": ("测试", "Test"),
    "未核实": ("未核实", "Not verified"),
}
