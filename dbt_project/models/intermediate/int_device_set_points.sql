-- when a reading of one metric of one device is an alarm, by register, else by the rule of its day
with metrics as (
    select * from {{ ref('int_device_metrics') }}
),

rules as (
    select * from {{ ref('stg_ops__rule_gas_alarms') }}
),

with_defaults as (
    select
        metrics.*,
        rules.* except (basis),
        metrics.gas_kind = '氧气' as is_oxygen_kind,
        case
            when metrics.gas_kind = '可燃气体' then case metrics.unit
                when '%LEL' then 1.0
                when 'ppm' then metrics.lel_vol_pct * 100
                when '%VOL' then metrics.lel_vol_pct / 100
            end * rules.combustible_1_lel_pct
            when metrics.gas_kind = '有毒气体' then case metrics.unit
                when 'mg/m³' then metrics.oel_mg_m3
                when 'ppm' then metrics.oel_mg_m3 / metrics.mg_m3_per_ppm
            end * rules.toxic_1_oel_pct / 100
        end as default_1,
        case
            when metrics.gas_kind = '可燃气体' then case metrics.unit
                when '%LEL' then 1.0
                when 'ppm' then metrics.lel_vol_pct * 100
                when '%VOL' then metrics.lel_vol_pct / 100
            end * rules.combustible_2_lel_pct
            when metrics.gas_kind = '有毒气体' then case metrics.unit
                when 'mg/m³' then metrics.oel_mg_m3
                when 'ppm' then metrics.oel_mg_m3 / metrics.mg_m3_per_ppm
            end * rules.toxic_2_oel_pct / 100
        end as default_2
    from metrics
    cross join rules
),

-- oxygen is too little or too much: a set point lies on the side of clean air it is on
with_sides as (
    select
        *,
        coalesce(is_oxygen_kind and unit = '%VOL', false) as is_oxygen,
        case when alarm_1 < oxygen_normal_vol_pct then alarm_1 end as first_low,
        case when alarm_2 < oxygen_normal_vol_pct then alarm_2 end as second_low,
        case when alarm_1 > oxygen_normal_vol_pct then alarm_1 end as first_high,
        case when alarm_2 > oxygen_normal_vol_pct then alarm_2 end as second_high
    from with_defaults
),

with_points as (
    select
        *,
        case
            when is_oxygen
                then coalesce(least(first_high, second_high), first_high, second_high,
                    oxygen_high_vol_pct)
            when not coalesce(is_oxygen_kind, false) then coalesce(alarm_1, default_1)
        end as set_1,
        case
            when is_oxygen
                then case when first_high is not null and second_high is not null
                    then greatest(first_high, second_high) end
            when not coalesce(is_oxygen_kind, false) then coalesce(alarm_2, default_2)
        end as set_2,
        case when is_oxygen
            then coalesce(greatest(first_low, second_low), first_low, second_low,
                oxygen_low_vol_pct)
        end as low_1,
        case when is_oxygen and first_low is not null and second_low is not null
            then least(first_low, second_low)
        end as low_2
    from with_sides
)

select
    replay,
    source_system,
    device_code,
    metric_given,
    unit_given,
    device_system,
    device_id,
    metric,
    gas_kind,
    unit,
    is_convertible,
    factor,
    range_low,
    range_high,
    is_oxygen,
    round(set_1, 6) as set_1,
    round(set_2, 6) as set_2,
    -- the share of the way from clean air (oxygen), else from 0, at which an episode still lasts
    round(case
        when is_oxygen
            then oxygen_normal_vol_pct + (set_1 - oxygen_normal_vol_pct) * hysteresis_pct / 100
        else set_1 * hysteresis_pct / 100
    end, 6) as keep_1,
    round(low_1, 6) as low_1,
    round(low_2, 6) as low_2,
    round(oxygen_normal_vol_pct - (oxygen_normal_vol_pct - low_1) * hysteresis_pct / 100, 6)
        as keep_low,
    coalesce(set_1, low_1) is not null as has_set_points,
    gap_intervals,
    frozen_readings,
    interval_seconds,
    enterprise_identity,
    park_identity,
    installed_on,
    removed_on,
    known_from,
    known_to,
    valid_from,
    valid_to
from with_points
