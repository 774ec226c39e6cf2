"""The fictional words of cases, accidents, devices and alarms.

Belongs here: word pools of the rarer exports and nothing else; every name is invented.
Does not belong here: words of places, firms and hazards (words.py), chance, headers.
"""

from __future__ import annotations

#: Hazard category -> what the case is opened for, and the article it rests on.
CAUSES: dict[str, tuple[str, str]] = {
    "消防": ("占用疏散通道或者锁闭安全出口", "《中华人民共和国安全生产法》第一百零五条"),
    "粉尘": ("未按规定清理粉尘", "《工贸企业粉尘防爆安全规定》第二十九条"),
    "有限空间": ("未辨识有限空间并设置警示标志", "《工贸企业有限空间作业安全规定》第二十条"),
    "危化品": ("超量储存危险化学品", "《危险化学品安全管理条例》第八十条"),
    "用电": ("未对安全设备进行经常性维护", "《中华人民共和国安全生产法》第九十九条"),
    "管理": ("未与承租单位签订安全生产管理协议", "《中华人民共和国安全生产法》第一百零三条"),
}
CAUSE_ACCIDENT = ("发生生产安全事故负有责任", "《中华人民共和国安全生产法》第一百一十四条")

#: Type of GB 6441-1986, relative frequency, where it happens, what led to it.
ACCIDENTS: tuple[tuple[str, float, str, str], ...] = (
    ("机械伤害", 0.3, "冲压车间", "设备未停机即伸手清理"),
    ("高处坠落", 0.2, "厂房屋面", "作业人员未系安全带"),
    ("物体打击", 0.13, "装卸区", "堆垛物料滑落"),
    ("车辆伤害", 0.12, "厂区道路", "叉车倒车未瞭望"),
    ("触电", 0.08, "配电间", "带电检修未采取防护"),
    ("火灾", 0.07, "成品仓库", "电气线路短路引燃可燃物"),
    ("中毒和窒息", 0.04, "污水池", "未检测通风即进入有限空间"),
    ("灼烫", 0.03, "染色车间", "阀门误开高温液体喷出"),
    ("坍塌", 0.03, "在建围墙", "墙体未支护"),
)
EDITION = "GB 6441-1986"
#: The last reason is for vehicles only.
STRUCK_OFF = ("经调查认定为非生产安全事故", "核定为突发疾病", "道路交通事故移交公安部门统计")
#: Places of accidents nobody's enterprise is named for.
OPEN_PLACES = ("兴业路与学士路交叉口", "联农路自建房工地", "泾西路沿街商铺二楼", "通港路临时堆场")

#: Gas devices: kind, gas, unit, range, set points 1 and 2.
GAS_KINDS: tuple[tuple[str, str, str, float, float, float, float], ...] = (
    ("可燃气体", "甲烷", "%LEL", 0, 100, 25, 50),
    ("可燃气体", "丙烷", "%LEL", 0, 100, 20, 50),
    ("可燃气体", "氢气", "%LEL", 0, 100, 25, 50),
    ("有毒气体", "一氧化碳", "ppm", 0, 500, 24, 48),
    ("有毒气体", "硫化氢", "ppm", 0, 100, 6.6, 13.2),
    ("氧气", "氧气", "%VOL", 0, 30, 19.5, 23.5),
)
GAS_PLACES = ("喷涂车间", "调漆间", "中间仓库", "锅炉房", "食堂后厨", "污水处理站")
SMOKE_PLACES = ("一楼车间", "二楼车间", "成品仓库", "楼梯间", "宿舍走廊", "配电间")
VENDORS = ("澄湾安感科技", "望溪云测仪表", "通港消防电子")
FALSE_REASONS = ("蒸汽触发", "粉尘触发", "现场焊接烟气", "人员吸烟")

#: Persons who exist in no register: met in an output, they can only be a leak.
CANARY_NAMES = (
    "亓官璟翀", "殳珩彧", "佴沄淏", "郏翊昶", "么赟烨", "蹇晗睿", "逄瑾曦", "昝婕嵘",
    "仉骁瑄", "闵琰璟", "厍沄翀", "戢珩昶", "麴彧烨", "亓官瑾", "殳曦嵘", "佴睿婕",
    "郏瑄骁", "么淏翊", "蹇琰昶", "逄赟晗", "昝烨珩", "仉曦沄", "厍嵘彧", "戢婕瑾",
)  # fmt: skip
