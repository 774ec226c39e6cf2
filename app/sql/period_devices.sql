-- Devices installed at a period's end by kind ('?' = not stated).
select
    coalesce(device_kind, '?') as device_kind,
    count(*) as count_devices,
    count(distinct enterprise_id) as count_enterprises,
    count(*) filter (where calibrated_until < $end) as count_calibration_expired,
    count(*) filter (where is_set_point_too_high) as count_set_point_too_high
from marts.dim_devices
where
    not is_provisional
    and coalesce(installed_on < $end, true)
    and coalesce(removed_on >= $end, true)
    and ($town is null or town = $town)
group by all
order by count_devices desc, device_kind
