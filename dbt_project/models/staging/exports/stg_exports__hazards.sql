with rows_of_files as (
    select * from {{ source('raw', 'hazards') }}
),

names_of_files as (
    select * from {{ ref('stg_ops__file_names') }}
),

renamed as (
    select
        rows_of_files.hazard_id as hazard_code,
        rows_of_files.inspection_id as inspection_code,
        rows_of_files.uscc,
        rows_of_files.enterprise_name,
        rows_of_files.enterprise_name_norm,
        rows_of_files.park_id as park_code,
        rows_of_files.park_name,
        rows_of_files.park_name_norm,
        rows_of_files.found_on,
        rows_of_files.description,
        rows_of_files.category,
        rows_of_files.level,
        rows_of_files.location,
        rows_of_files.found_by,
        rows_of_files.is_simple,
        rows_of_files.check_item,
        rows_of_files.deadline as deadline_given_on,
        rows_of_files.extension_approved_on,
        rows_of_files.extended_to as extended_to_on,
        rows_of_files.measure,
        rows_of_files.responsible,
        rows_of_files.responsible_hash,
        rows_of_files.rectified_on,
        rows_of_files.cost as cost_fen,
        rows_of_files.rechecked_on,
        rows_of_files.recheck_result,
        rows_of_files.closed_on,
        rows_of_files.status as status_claimed,
        rows_of_files.notice_no,
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
