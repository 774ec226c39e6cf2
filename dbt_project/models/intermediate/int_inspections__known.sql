{{ event_facts('inspections', '_row_on', ['inspection_code', 'score']) }}
