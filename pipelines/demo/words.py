"""The fictional words of the demo district: places, firms, people, hazards.

Belongs here: word pools and nothing else; every name is invented.
Does not belong here: chance (world.py and its parts), headers and layouts (layouts.py).
"""

from __future__ import annotations

DISTRICT = "澄湾区"
DISTRICT_SHORT = "澄湾"

#: Town, kind of unit, short form used inside names, centre (lon, lat; WGS84). 甪 and 垞 lie outside
#: GB2312, so a reader that stops there fails on the first file.
TOWNS: tuple[tuple[str, str, str, float, float], ...] = (
    ("甪安镇", "镇", "甪安", 120.642, 31.284),
    ("柳垞镇", "镇", "柳垞", 120.716, 31.331),
    ("望溪镇", "镇", "望溪", 120.581, 31.352),
    ("北桥街道", "街道", "北桥", 120.661, 31.409),
    ("澄湾经济开发区", "开发区", "澄湾", 120.735, 31.246),
)

BRAND_FIRST = tuple("鑫恒瑞宏金盛永华泰德东南新正立信汇通万利源顺兴隆达诚锦嘉腾伟")
BRAND_SECOND = tuple("丰昌安泰元福康海凯诺辉旺达利盛联创科发源成业众拓伦奥")

#: Trade word, industry name, GB/T 4754 code, may use hazardous chemicals, may have dust.
TRADES: tuple[tuple[str, str, str, bool, bool], ...] = (
    ("纺织", "纺织业", "C1751", False, False),
    ("印染", "纺织业", "C1752", True, False),
    ("服饰", "纺织服装、服饰业", "C1819", False, False),
    ("木业", "木材加工业", "C2039", False, True),
    ("家具", "家具制造业", "C2110", True, True),
    ("纸品", "造纸和纸制品业", "C2231", False, False),
    ("包装", "印刷和记录媒介复制业", "C2319", True, False),
    ("塑胶", "橡胶和塑料制品业", "C2929", True, False),
    ("五金", "金属制品业", "C3311", False, True),
    ("精密机械", "通用设备制造业", "C3484", False, False),
    ("模具", "专用设备制造业", "C3525", False, False),
    ("电子", "计算机、通信和其他电子设备制造业", "C3982", True, False),
    ("汽配", "汽车制造业", "C3670", False, False),
    ("电器", "电气机械和器材制造业", "C3872", False, False),
    ("食品", "食品制造业", "C1432", False, True),
    ("仓储", "装卸搬运和仓储业", "G5990", False, False),
)

FORMS_COMPANY = ("有限公司", "有限公司", "有限公司", "股份有限公司")
FORMS_SOLE_TRADER = ("加工厂", "制品厂", "经营部")

PARK_WORDS = ("工业园", "产业园", "工业坊", "科创园", "标准厂房", "创业园", "智造园", "工业集中区")
LESSOR_FORMS = ("实业有限公司", "资产管理有限公司", "物业管理有限公司", "置业有限公司")
ROADS = ("兴业路", "创新路", "东环路", "学士路", "望湖路", "泾西路", "通港路", "联农路")

#: Characters of invented persons; the given ones stand in no other word of the district, so a whole
#: name met in an output can only be a leak.
SURNAMES = tuple("欧裴鄢滕邬臧郗阮褚霍")
GIVEN = tuple("璟瑄翀珩骁彧沄淏翊昶赟烨晗睿瑾曦婕嵘")

KINDS_LAW = ("执法检查", "专家检查", "双随机", "非现场检查", "互查")
KINDS_GRID = ("网格巡查", "指导服务")

#: Category, description, usual place. 一般 unless the visit turned out bad.
HAZARDS_MINOR: tuple[tuple[str, str, str], ...] = (
    ("消防", "灭火器压力不足未及时更换", "生产车间"),
    ("消防", "疏散通道堆放原料包装物", "一楼通道"),
    ("消防", "应急照明灯损坏不亮", "楼梯间"),
    ("消防", "消火栓被货物遮挡", "仓库门口"),
    ("用电", "配电箱未张贴警示标志", "配电间"),
    ("用电", "临时线路私拉乱接", "包装区"),
    ("用电", "移动插排未固定随意摆放", "办公区"),
    ("设备", "传动部位防护罩缺失", "冲压区"),
    ("设备", "空压机安全阀未定期校验", "空压机房"),
    ("设备", "行车限位装置失灵", "机加工车间"),
    ("管理", "安全培训档案不完整", "安全科"),
    ("管理", "安全风险公告栏未更新", "厂区入口"),
    ("管理", "应急预案未按期演练", "安全科"),
    ("作业", "员工未按规定佩戴防护手套", "打磨工位"),
    ("作业", "登高作业未系安全带", "货架区"),
    ("储存", "油漆稀释剂随意堆放", "原料区"),
    ("储存", "气瓶未设置防倾倒装置", "焊接工位"),
    ("环境", "车间地面积油未清理", "机加工车间"),
)

HAZARDS_SERIOUS: tuple[tuple[str, str, str], ...] = (
    ("消防", "安全出口被锁闭无法开启", "二楼车间"),
    ("消防", "生产车间内设置员工宿舍", "三楼夹层"),
    ("消防", "采用易燃夹芯板搭建库房", "厂房西侧"),
    ("粉尘", "除尘系统未采取泄爆措施", "打磨车间"),
    ("粉尘", "粉尘清扫制度未落实积尘严重", "抛光车间"),
    ("有限空间", "有限空间未辨识未设警示标志", "污水处理站"),
    ("有限空间", "有限空间作业未审批未检测", "污水池"),
    ("危化品", "超量存放易燃溶剂", "中间仓库"),
    ("危化品", "可燃气体报警器失效未修复", "喷涂车间"),
    ("用电", "防爆区域使用非防爆电器", "调漆间"),
    ("管理", "出租方未与承租方签订安全管理协议", "园区整体"),
    ("管理", "出租方未定期组织安全检查", "园区整体"),
)

HAZARD_ADVERBS = ("", "现场发现", "经查", "部分区域", "多处", "个别工位")
