"""Layouts of device registers, readings and alarm records.

Belongs here: headers and cell forms as data.
Does not belong here: which rows go where (plan_sensors.py, plan_readings.py).
"""

DEVICES_BOOK = """
    extra:serial|序号
    device_id|设备编号
    device_name|设备名称
    device_kind|设备类型
    gas|监测介质
    unit|计量单位
    range_low|量程下限|typed
    range_high|量程上限|typed
    alarm_1|一级报警值|typed
    alarm_2|二级报警值|typed
    interval_seconds|采集间隔(分)|typed
    enterprise_name|安装单位
    uscc|统一社会信用代码
    park_id|园区编号
    park_name|园区名称
    town|所属镇街
    location|安装位置
    longitude|经度|typed
    latitude|纬度|typed
    crs|坐标系
    installed_on|安装日期|typed
    calibrated_on|检定日期|typed
    calibrated_until|检定有效期至|typed
    removed_on|拆除日期|typed
    vendor|生产厂家
    device_status|设备状态
"""
DEVICES_TEXT = """
    device_id|终端编号
    device_kind|探测器类型
    gas|检测气体
    unit|单位
    range_high|量程
    alarm_1|低报值|measure
    alarm_2|高报值|measure
    interval_seconds|上报间隔|blank
    enterprise_name|使用单位
    uscc|信用代码
    park_name|所在园区
    town|镇街
    location|安装地点
    installed_on|安装时间|slash
    calibrated_on|标定日期|cn
    calibrated_until|标定有效期|iso
    removed_on|停用日期|dot
    vendor|供应商
    device_status|在线状态
    remark|备注
"""
READINGS_TEXT = """
    device_id|设备编号
    metric|监测项
    observed_at|采集时间|second
    value|监测值|measure
    unit|单位
    received_at|接收时间|second
    reading_state|数据状态
"""
#: The unit stands in the header and, where it is another, in the cell.
READINGS_HEADER_UNIT = """
    device_id|探测器编号
    observed_at|监测时间|second_slash
    metric|监测因子
    value|浓度(%LEL)|measure
    unit|计量单位|blank
    received_at|平台接收时间|second_slash
"""
READINGS_HOURLY = """
    device_id|传感器编号
    observed_at|时间戳|second_compact
    metric|参数名称
    value|数值|measure
    unit|单位
    received_at|入库时间|second_compact
"""
READINGS_PARQUET = """
    device_id|设备ID
    metric|监测指标
    observed_at|数据时间|typed
    value|测量值|typed
    unit|计量单位
    received_at|入库时间|typed
"""
ALARMS_TEXT = """
    alarm_id|报警编号
    device_id|设备编号
    enterprise_name|报警单位
    uscc|统一社会信用代码
    park_name|园区名称
    town|所属镇街
    started_at|报警时间|second
    ended_at|恢复时间|second
    level|报警级别
    peak|报警值|measure
    unit|单位|blank
    acknowledged_at|确认时间|second
    handled_at|处置时间|second
    verified|核实结果
    handled_by|处置人
    remark|备注
"""
ALARMS_BOOK = """
    extra:serial|序号
    alarm_id|告警编号
    device_id|终端编号
    enterprise_name|报警企业
    park_id|园区编码
    park_name|所在园区
    town|镇街
    started_at|首次报警时间|typed
    ended_at|解除时间|typed
    level|告警级别
    peak|峰值|typed
    unit|计量单位
    verified|报警性质
    acknowledged_at|响应时间|typed
    handled_at|处理时间|typed
    handled_by|处理人
    remark|备注说明
    extra:desk|
"""
ALARMS_LINES = """
    alarm_id|告警编号
    device_id|设备ID
    enterprise_name|企业名称
    park_id|园区编号
    town|所属镇街
    started_at|告警时间|second
    ended_at|消警时间|second
    level|告警级别
    peak|最大值|typed
    unit|单位|blank
    verified|核实情况
    acknowledged_at|确认时间|second
    handled_at|处理时间|second
    handled_by|处理人
    remark|备注
"""
