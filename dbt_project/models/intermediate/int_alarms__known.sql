{{ event_facts('alarms', '_row_on', ['device_code', 'verified', 'handled_on'], by_device=true) }}
