-- Alarms of a window ($since, $until] by kind of device: what they proved to be, how soon answered.
select
    coalesce(devices.device_kind, '?') as device_kind,
    count(*) as count_alarms,
    count(*) filter (where alarms.verified = '真警') as count_true,
    count(*) filter (where alarms.verified = '误报') as count_false,
    count(*) filter (where alarms.verified = '测试') as count_test,
    count(*) filter (where coalesce(alarms.verified, '未核实') = '未核实') as count_unverified,
    count(*) filter (where alarms.verified = '误报')::double
        / nullif(count(*) filter (where alarms.verified in ('真警', '误报')), 0) as false_share,
    median(alarms.minutes_to_acknowledge) as minutes_to_acknowledge,
    count(*) filter (where alarms.reconciled = 'extra') as count_extra
from marts.fct_alarms as alarms
-- an alarm may name a subject alone
left join marts.dim_devices as devices on alarms.device_id = devices.device_id
where
    alarms.started_on > $since and alarms.started_on <= $until
    and ($town is null or alarms.town = $town)
group by coalesce(devices.device_kind, '?')
order by count_alarms desc, device_kind
