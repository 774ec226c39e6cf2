"""Layouts of case ledgers and accident tables.

Belongs here: headers and cell forms as data.
Does not belong here: which rows go where (plan_cases.py, plan_accidents.py).
"""

#: One row a case: the unit, and beside it the person.
CASES_WIDE_BOOK = """
    extra:serial|序号
    case_no|案号
    decision_no|处罚决定书文号
    party_name|被处罚单位
    party_kind|当事人类型
    uscc|统一社会\\n信用代码
    town|所 属 镇 街
    cause|案由
    cause_kind|案件类别
    legal_basis|处罚依据
    procedure|处罚程序
    filed_on|立案日期|typed
    decided_on|处罚决定日期|typed
    disposition|处理结果
    fine|罚款金额(万元)|tens_of_thousands
    person_name|被处罚个人
    person_fine|个人罚款(万元)|tens_of_thousands
    confiscated|没收违法所得(万元)|tens_of_thousands
    exempted|减免金额(万元)|tens_of_thousands
    is_double_penalty|是否一案双罚|yesno
    had_hearing|是否听证|yesno
    origin|案件来源
    is_offsite|非现场执法|tick
    closed_on|结案日期|typed
    published_on|公示日期|typed
    publish_until|公示截止日期|typed
    accident_no|事故编号
    inspection_id|检查编号
    remark|备注
"""
CASES_WIDE_TEXT = """
    case_no|立案编号
    decision_no|决定书文号
    party_name|当事人
    party_kind|当事人类型
    party_enterprise|所在单位
    uscc|信用代码
    town|镇街
    filed_on|立案时间|iso
    cause|违法行为
    cause_kind|案件性质
    procedure|程序类型
    decided_on|决定日期|slash
    disposition|处罚种类
    fine|单位罚款（元）|thousands
    person_name|直接责任人
    person_fine|对个人罚款（元）|thousands
    closed_on|结案时间|dot
    is_double_penalty|一案双罚|digit
    inspection_id|检查记录编号
    remark|备注
"""
#: One row a party, as the credit site shows them.
CASES_LONG = """
    case_no|案件编号
    decision_no|行政处罚决定书文号
    party_name|行政相对人名称
    party_kind|行政相对人类别
    uscc|行政相对人代码
    party_enterprise|所属企业
    town|所属板块
    cause|违法行为类型
    cause_kind|处罚类别
    legal_basis|法律依据
    filed_on|立案日期|iso
    decided_on|作出处罚决定日期|cn
    disposition|处罚结果
    fine|罚款（元）|blank
    confiscated|没收金额（元）|blank
    exempted|免罚金额（元）|blank
    origin|案件来源
    closed_on|结案日期|iso
    published_on|公开日期|compact
    publish_until|公示期限|compact
    accident_no|事故编号
    remark|备注说明
"""
CASES_LONG_BOOK = CASES_LONG.replace("|cn", "|typed").replace("|blank", "|typed")
CASES_HISTORY = """
    case_no|案号
    decision_no|决定书文号
    party_name|被处罚对象
    party_kind|处罚对象类型
    uscc|社会信用代码
    town|所属镇街
    cause|案由
    cause_kind|案件类别
    procedure|办案程序
    filed_on|立案日期|slash
    decided_on|处罚日期|slash
    disposition|裁量结果
    fine|处罚金额（元）|blank
    person_name|处罚个人
    person_fine|个人罚款金额（元）|blank
    closed_on|结案日期|slash
    published_on|公示日期|slash
    publish_until|公示截止期|slash
"""
ACCIDENTS_TABLE = """
    extra:serial|序号
    accident_no|事故编号
    occurred_at|事故发生\\n时间|typed
    enterprise_name|事故发生单位
    uscc|统一社会信用代码
    park_id|园区编号
    town|所属镇街
    place|事故发生地点
    accident_type|事故类型
    type_edition|分类标准
    sector|行业领域
    deaths|死亡人数|typed
    serious_injuries|重伤人数|typed
    minor_injuries|轻伤人数|typed
    lost_days|损失工作日|typed
    direct_loss|直接经济损失(万元)|tens_of_thousands
    grade|事故等级
    reported_at|报告时间|typed
    cause|事故原因
    is_counted|是否纳入统计|yesno
    struck_off_reason|核销原因
    concluded_on|结案日期|typed
    remark|备注
"""
ACCIDENTS_FLASH = """
    accident_no|事故号
    occurred_at|事故时间|moment_cn
    enterprise_name|事故单位
    park_name|所在园区
    town|镇街
    place|事故地点
    accident_type|事故类别
    deaths|死亡|blank
    serious_injuries|重伤|blank
    minor_injuries|轻伤|wide
    direct_loss|经济损失（元）|thousands
    grade|事故级别
    reported_at|接报时间|moment_slash
    cause|直接原因
    is_counted|纳入统计|tick
    struck_off_reason|不纳入统计原因
    remark|备注说明
    extra:desk||blank
"""
#: The years before, when nobody split the injured.
ACCIDENTS_HISTORY = """
    accident_no|事故编号
    occurred_at|发生日期|mixed
    enterprise_name|涉事单位
    uscc|信用代码
    park_name|园区名称
    town|所属镇街
    place|发生地点
    accident_type|事故类型
    deaths|死亡人数|blank
    injured|受伤人数|blank
    direct_loss|直接经济损失（元）|blank
    grade|事故等级
    cause|事故原因
    is_counted|是否纳入统计|yesno
    struck_off_reason|核销原因
    concluded_on|调查结案日期|slash
"""
