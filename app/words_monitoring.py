"""The monitoring page in words: sentences, columns, definitions, codes, as (Chinese, English).

Belongs here: what the explorer calls the things of devices, readings, episodes and alarms.
Does not belong here: stored words of these exports (words_sensors.py), the report's sentences.
"""

from __future__ import annotations

MONITORING: dict[str, tuple[str, str]] = {
    "page.monitoring": ("监测预警", "Monitoring"),
    "park.tab.devices": ("监测设备", "Devices"),
    "park.no_devices_current": ("园区没有在装的监测设备。", "No device stands in this park."),
    "park.devices_current_lead": (
        "园区和园区内企业在装的设备；在线率和报警过程为近12个月。",
        "Devices of the park and its tenants; time online and episodes of 12 months.",
    ),
    "monitoring.title": ("监测预警", "Monitoring"),
    "monitoring.lead": (
        "设备为 {day} 在装的；在线率、报警为此前3个整月（{since} 之后）。",
        "Devices standing on {day}; time online and alarms of the three whole months after"
        " {since}.",
    ),
    "monitoring.tab.devices": ("设备", "Devices"),
    "monitoring.tab.episodes": ("报警过程", "Episodes"),
    "monitoring.tab.curve": ("一日曲线", "One day"),
    "monitoring.tab.alarms": ("厂家报警", "Vendor alarms"),
    "monitoring.devices": ("在装设备", "Devices"),
    "monitoring.sending": ("其中有读数", "of them sending"),
    "monitoring.online": ("在线率", "Online"),
    "monitoring.episodes": ("报警过程", "Episodes"),
    "monitoring.level_2": ("其中二级", "of them level 2"),
    "monitoring.unreported": ("厂家未报", "Not reported"),
    "monitoring.false": ("误报率", "False alarms"),
    "monitoring.acknowledge": ("确认用时中位数", "Median time to acknowledge"),
    "monitoring.too_high": ("报警值高于标准", "Set too high"),
    "monitoring.minutes": ("{n} 分钟", "{n} min"),
    "monitoring.units": ("{n} 个", "{n}"),
    "monitoring.times": ("{n} 次", "{n}"),
    "monitoring.devices_hint": (
        "在线率最低的排在前面；没有读数的设备不计在线率。点选一行查看曲线。",
        "The lowest time online first; a device that never sent anything has none. Choose a row"
        " for its curve.",
    ),
    "monitoring.episodes_hint": (
        "按实时数据和报警值重新推算，不是厂家上报的。点选一行查看当日曲线。",
        "Recomputed from readings and set points, not what the vendor reported. Choose a row for"
        " that day.",
    ),
    "monitoring.no_episodes": ("这段时间没有推算出的报警过程。", "No episode in this time."),
    "monitoring.no_alarms": ("这段时间没有厂家上报的报警。", "No vendor alarm in this time."),
    "monitoring.choose_device": ("设备", "Device"),
    "monitoring.choose_day": ("日期", "Day"),
    "monitoring.choose_metric": ("监测项", "Metric"),
    "monitoring.device": ("{code}　{gas}　{subject}", "{code}  {gas}  {subject}"),
    "monitoring.day_episode": ("{day}　有报警", "{day}  episode"),
    "monitoring.no_readings": (
        "没有可看的读数：只发布最近31天和有报警过程的日子。",
        "No readings to look at: the newest 31 days and days with an episode are published.",
    ),
    "monitoring.open_curve": ("查看曲线：{code} {day}", "Curve of {code}, {day}"),
    "monitoring.curve_text": (
        "{day}：{n} 条读数，其中 {flagged} 条存疑(红点)；数值 {least} 至 {most} {unit}。"
        "灰色为超过3个采集间隔没有读数。",
        "{day}: {n} readings, {flagged} of them doubtful (red); values {least} to {most} {unit}."
        " Grey: no reading for more than three intervals.",
    ),
    "monitoring.set_1": ("一级报警值", "Set point 1"),
    "monitoring.set_2": ("二级报警值", "Set point 2"),
    "monitoring.low_1": ("低报警值", "Low set point"),
    "monitoring.low_2": ("低二级报警值", "Low set point 2"),
    "monitoring.alarms_by_kind": ("按设备类型", "By kind of device"),
    "monitoring.alarms_list": ("报警明细", "Alarms"),
    "set.devices_current": ("在装设备", "Devices installed"),
    "set.devices_high": ("报警值高于标准的设备", "Devices set too high"),
    "set.devices": ("全部设备", "All devices"),
    "set.episodes_12m": ("近12个月报警过程", "Episodes, 12 months"),
    "set.episodes": ("全部报警过程", "All episodes"),
    "set.alarms_12m": ("近12个月厂家报警", "Vendor alarms, 12 months"),
    "set.alarms_true": ("近12个月真警", "True alarms, 12 months"),
    "set.alarms": ("全部厂家报警", "All vendor alarms"),
    "set.readings_flagged": ("存疑读数(已发布)", "Doubtful readings (published)"),
    "set.readings": ("读数(已发布)", "Readings (published)"),
}

MONITORING_COLUMNS: dict[str, tuple[str, str]] = {
    "device_code": ("设备编号", "Device"),
    "device_name": ("设备名称", "Device name"),
    "device_kind": ("设备类型", "Kind of device"),
    "gas": ("监测介质", "Gas"),
    "unit": ("单位", "Unit"),
    "alarm_1": ("一级报警值", "Set point 1"),
    "alarm_2": ("二级报警值", "Set point 2"),
    "range_high": ("量程上限", "Range"),
    "interval_seconds": ("采集间隔(秒)", "Interval (s)"),
    "installed_on": ("安装日期", "Installed on"),
    "calibrated_until": ("检定有效期", "Calibrated until"),
    "removed_on": ("拆除日期", "Removed on"),
    "vendor": ("厂家", "Vendor"),
    "device_status": ("设备状态", "Claimed state"),
    "is_set_point_too_high": ("报警值过高", "Set too high"),
    "last_reading_on": ("最近读数", "Last reading"),
    "online_share": ("在线率", "Online"),
    "count_readings": ("读数", "Readings"),
    "count_flagged": ("存疑读数", "Doubtful"),
    "count_spikes": ("尖峰", "Spikes"),
    "count_frozen_days": ("数值不变(天)", "Frozen (days)"),
    "count_episodes": ("报警过程", "Episodes"),
    "started_at": ("开始时间", "Began at"),
    "started_on": ("报警日期", "Began on"),
    "started_clock": ("时刻", "Time"),
    "ended_on": ("恢复日期", "Ended on"),
    "minutes": ("时长(分钟)", "Minutes"),
    "metric": ("监测项", "Metric"),
    "peak": ("峰值", "Peak"),
    "is_reported": ("厂家已报", "Reported"),
    "alarm_code": ("报警编号", "Alarm code"),
    "verified": ("核实结果", "Verified"),
    "reconciled": ("与读数核对", "Held against readings"),
    "minutes_to_acknowledge": ("确认用时(分钟)", "Acknowledged in (min)"),
    "acknowledged_on": ("确认日期", "Acknowledged on"),
    "handled_on": ("处置日期", "Handled on"),
    "observed_at": ("采集时间", "Observed at"),
    "value": ("数值", "Value"),
    "value_given": ("原值", "As written"),
    "unit_given": ("原单位", "Unit written"),
    "flag": ("存疑", "Doubtful because"),
    "count_alarms": ("报警", "Alarms"),
    "count_true": ("真警", "True"),
    "count_false": ("误报", "False"),
    "count_test": ("测试", "Test"),
    "count_unverified": ("未核实", "Not verified"),
    "count_extra": ("读数未见", "Not in readings"),
    "false_share": ("误报率", "False share"),
}

MONITORING_HINTS: dict[str, tuple[str, str]] = {
    "online_share": (
        "在线时间 ÷ 接入时间：相邻读数相隔不超过3个采集间隔的都算在线；"
        "从接入之日（首次读数或其后的安装日期）算起。",
        "Time online of time connected: gaps of up to three intervals count as online; counted"
        " from the day the device was connected.",
    ),
    "count_episodes": (
        "连续两次达到一级报警值起，到低于其90%或中断超过3个间隔为止，为一次。",
        "From two readings in a row at set point 1 until they fall below 90 % of it or stop for"
        " more than three intervals.",
    ),
    "false_share": (
        "误报 ÷（真警＋误报）；测试和未核实的不计。",
        "False among true and false alarms; tests and unverified ones do not count.",
    ),
    "minutes_to_acknowledge": (
        "报警开始到确认；没有确认或没有时刻的不计。",
        "From beginning to acknowledgement; alarms without either are left out.",
    ),
    "is_set_point_too_high": (
        "可燃气体一级不高于25%LEL、二级不高于50%LEL。",
        "Combustible gas: at most 25 %LEL for level 1 and 50 %LEL for level 2.",
    ),
    "reconciled": (
        "厂家报警与按读数推算的报警过程相互核对；没有读数的不核对。",
        "The vendor's alarm held against the episodes of the readings, where there are any.",
    ),
    "count_flagged": (
        "缺值、负值、超量程、不可能的值、尖峰、长时间不变、单位不能换算；保留并标记，不删除。",
        "Missing, negative, above range, implausible, spike, frozen, or in a unit that cannot be"
        " converted: kept and marked, never dropped.",
    ),
    "is_reported": (
        "厂家系统报过这次报警。",
        "The vendor's system reported this episode.",
    ),
}

MONITORING_CODES: dict[str, tuple[str, str]] = {
    "matched": ("一致", "Agrees"),
    "extra": ("读数未见", "Not in readings"),
    "unchecked": ("无从核对", "Nothing to hold it against"),
    "missing": ("缺值", "Missing"),
    "spike": ("尖峰", "Spike"),
    "frozen": ("长时间不变", "Frozen"),
    "implausible": ("不可能的值", "Implausible"),
    "above_range": ("超量程", "Above range"),
    "negative": ("负值", "Negative"),
    "unconverted": ("单位不能换算", "Unit not converted"),
}
