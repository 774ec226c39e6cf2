"""Layouts of visit records and hazard ledgers, platform by platform.

Belongs here: headers and cell forms as data.
Does not belong here: which rows go where (plan_events.py).
"""

INSPECTIONS_PLAIN = """
    inspection_id|检查编号
    uscc|统一社会信用代码
    enterprise_name|被检查单位
    park_id|园区编号
    park_name|园区名称
    town|所属镇街
    inspected_on|检查日期|moment
    ended_at|检查结束时间|moment
    kind|检查类型
    mode|检查形式
    inspectors|检查人员|people_comma
    inspecting_unit|检查部门
    inspection_group|检查组
    origin|任务来源
    hazard_count|发现隐患数|blank
    result|检查结果
    is_night|是否夜间|yesno
    extra:callback|回访号码|blank
    remark|备注
"""
INSPECTIONS_BOM = """
    inspection_id|检查记录编号
    enterprise_name|受检单位
    uscc|信用代码
    park_name|所在园区
    park_id|园区编码
    town|板块
    kind|检查类别
    inspected_on|检查时间|moment_slash
    inspectors|执法人员|people_semicolon
    inspecting_unit|执法机构
    origin|检查来源
    result|检查结论
    hazard_count|隐患数|wide
    score|评分|blank
    remark|备注说明
"""
INSPECTIONS_UTF16 = """
    inspection_id|检查任务编号
    uscc|社会信用代码
    enterprise_name|检查企业
    park_name|园区名称
    park_id|园区代码
    town|街道
    inspected_on|检查日期|mixed
    kind|检查方式
    inspectors|检查组成员|people_space
    inspecting_unit|检查机构
    result|检查结果
    remark|备注
"""
INSPECTIONS_BOOK = """
    inspection_id|检查编号
    enterprise_name|单位名称
    uscc|统一社会\\n信用代码
    park_id|园区编号
    park_name|园区名称
    town|所 属 镇 街
    inspected_on|检查日期|typed
    kind|检查类型
    inspectors|检查人|people_comma
    inspecting_unit|检查单位
    hazard_count|发现问题数|typed
    result|检查结果
    is_night|夜间检查|tick
    remark|备注
"""
#: Upper cells of the two-row header of a workbook: groups over the columns, "" = one cell high.
INSPECTIONS_BOOK_GROUPS = (
    "检查编号", "受检方情况", "", "", "", "", "现场情况", "", "", "", "结果情况", "", "", "备注",
)  # fmt: skip
INSPECTIONS_GRID = """
    inspection_id|巡查编号
    enterprise_name|巡查对象
    park_name|点位名称
    town|所属镇街
    inspected_on|巡查时间|typed
    kind|检查类型
    inspectors|网格员|people_comma
    hazard_count|问题数|typed
    result|检查结果
    round|巡查轮次
"""
INSPECTIONS_EXPERT = """
    inspection_id|检查编号
    uscc|统一社会信用代码
    enterprise_name|企业名称
    park_id|园区编号
    park_name|园区名称
    town|所属镇街
    inspected_on|检查日期|dot
    inspectors|检查人员|people_comma
    inspecting_unit|检查机构
    result|检查结果
"""
INSPECTIONS_HISTORY = """
    source_system|数据来源
    inspection_id|检查编号
    uscc|统一社会信用代码
    enterprise_name|被检查单位
    park_name|所在园区
    town|所属镇街
    inspected_on|检查日期|slash
    kind|检查类型
    inspectors|检查人员|people_comma
    inspecting_unit|检查部门
    hazard_count|发现隐患数|blank
    result|检查结果
"""
HAZARDS_PLAIN = """
    hazard_id|隐患编号
    inspection_id|检查编号
    uscc|统一社会信用代码
    enterprise_name|被检查单位
    park_id|园区编号
    park_name|园区名称
    town|所属镇街
    found_on|发现日期|iso
    description|隐患描述
    category|隐患类别
    level|隐患等级
    location|隐患部位
    found_by|排查方式
    deadline|整改期限|slash
    extension_approved_on|延期批准日期|dot
    extended_to|延期至|dot
    responsible|整改责任人
    rectified_on|整改完成日期|cn
    cost|整改资金（元）|thousands
    rechecked_on|复查日期|iso
    recheck_result|复查结果
    closed_on|销号日期|iso
    status|隐患状态
    notice_no|整改通知书编号
"""
HAZARDS_BOOK = """
    extra:serial|序号
    hazard_id|问题\\n编号
    inspection_id|检查记录编号
    enterprise_name|责任单位
    uscc|信用代码
    park_id|园区编码
    park_name|所在园区
    town|镇街
    found_on|排查日期|typed
    found_by|隐患来源
    category|问题类别
    level|问题等级
    description|问题描述
    location|具体位置
    deadline|限期整改日期|serial
    extension_approved_on|延期审批日期|typed
    extended_to|延期后期限|typed
    rectified_on|实际整改日期|typed
    cost|整改投入(万元)|tens_of_thousands
    rechecked_on|验收日期|typed
    recheck_result|复查结论
    closed_on|闭环日期|typed
    status|整改状态
    responsible|责任人
    notice_no|责令整改文书号
"""
HAZARDS_GRID = """
    inspection_id|检查编号
    enterprise_name|隐患单位
    park_name|点位名称
    town|所属镇街
    found_on|发现时间|typed
    description|存在问题
    category|问题类型
    level|隐患级别
    location|隐患地点
    found_by|发现方式
    is_simple|即查即改|yesno
    deadline|整改时限|typed
    rectified_on|整改日期|typed
    rechecked_on|复查时间|typed
    recheck_result|复查意见
    closed_on|销号时间|typed
    status|状态
"""
HAZARDS_HISTORY = """
    source_system|数据来源
    hazard_id|隐患编号
    inspection_id|检查编号
    uscc|统一社会信用代码
    enterprise_name|被检查单位
    park_name|园区名称
    town|所属镇街
    found_on|发现日期|slash
    description|隐患描述
    category|隐患类别
    level|隐患等级
    location|隐患部位
    found_by|排查方式
    is_simple|是否即查即改|yesno
    deadline|整改期限|slash
    rectified_on|整改完成日期|slash
    rechecked_on|复查日期|slash
    recheck_result|复查结果
    closed_on|销号日期|slash
    status|隐患状态
"""
