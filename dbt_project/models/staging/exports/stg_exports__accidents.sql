with rows_of_files as (
    select * from {{ source('raw', 'accidents') }}
),

names_of_files as (
    select * from {{ ref('stg_ops__file_names') }}
),

renamed as (
    select
        rows_of_files.accident_no as accident_code,
        rows_of_files.occurred_at as occurred_on,
        rows_of_files.occurred_at_clock as occurred_clock,
        rows_of_files.uscc,
        rows_of_files.enterprise_name,
        rows_of_files.enterprise_name_norm,
        rows_of_files.park_id as park_code,
        rows_of_files.park_name,
        rows_of_files.park_name_norm,
        rows_of_files.place,
        rows_of_files.accident_type,
        rows_of_files.type_edition,
        rows_of_files.deaths,
        rows_of_files.serious_injuries,
        rows_of_files.minor_injuries,
        rows_of_files.injured,
        rows_of_files.lost_days,
        rows_of_files.direct_loss as direct_loss_fen,
        rows_of_files.grade as grade_claimed,
        rows_of_files.reported_at as reported_on,
        rows_of_files.reported_at_clock as reported_clock,
        rows_of_files.cause,
        rows_of_files.is_counted,
        rows_of_files.struck_off_reason,
        rows_of_files.concluded_on,
        rows_of_files.town,
        rows_of_files.region_code,
        rows_of_files.grid,
        rows_of_files.department,
        rows_of_files.sector,
        rows_of_files.campaign,
        rows_of_files.exported_at as exported_on,
        rows_of_files.exported_at_clock as exported_clock,
        rows_of_files.updated_at as updated_on,
        rows_of_files.updated_at_clock as updated_clock,
        rows_of_files.remark,
        coalesce(
            rows_of_files._source_system, names_of_files.folder, 'default'
        ) as source_system,
        names_of_files.file_name,
        rows_of_files._file_id,
        rows_of_files._sheet,
        rows_of_files._row_number,
        rows_of_files._part,
        rows_of_files._key,
        rows_of_files._known_on,
        rows_of_files._known_clock,
        rows_of_files._known_from_what,
        rows_of_files._row_on,
        rows_of_files._columns,
        rows_of_files._content_hash,
        rows_of_files._is_full_list,
        rows_of_files._filer,
        rows_of_files._contract,
        rows_of_files._flags,
        rows_of_files._extra
    from rows_of_files
    -- left: a content whose sighting was lost still counts
    left join names_of_files on rows_of_files._file_id = names_of_files._file_id
)

select * from renamed
