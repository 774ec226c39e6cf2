-- Devices that have published readings, with whose they are.
select
    devices.device_id, devices.device_code, devices.gas, devices.device_kind,
    coalesce(enterprises.enterprise_name, parks.park_name) as subject_name
from marts.dim_devices as devices
-- a device may belong to an enterprise, a park or nobody
left join marts.dim_enterprises as enterprises on devices.enterprise_id = enterprises.enterprise_id
left join marts.dim_parks as parks on devices.park_id = parks.park_id
where devices.device_id in (select device_id from marts.fct_readings)
order by devices.device_code, devices.device_id
