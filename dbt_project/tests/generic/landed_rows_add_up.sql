{#- A returned row is a sheet whose rows read are not typed + rejected, or whose physical rows are
    not read + dropped: ingest lost a row. -#}
{% test landed_rows_add_up(model) %}
select _file_id, _sheet, export, rows_physical, rows_read, rows_typed, rows_rejected
from {{ model }}
where outcome = 'loaded'
    and (
        rows_read <> rows_typed + rows_rejected
        or rows_physical * melt_factor <> rows_read + melt_factor * (
            rows_header + rows_title + rows_unit + rows_total + rows_footer
            + rows_repeated_header + rows_blank
        )
    )
{% endtest %}
