with rows_of_files as (
    select * from {{ source('raw', 'visits') }}
),

names_of_files as (
    select * from {{ ref('stg_ops__file_names') }}
),

renamed as (
    select
        rows_of_files.visit_id as visit_code,
        rows_of_files.uscc,
        rows_of_files.enterprise_name,
        rows_of_files.enterprise_name_norm,
        rows_of_files.park_id as park_code,
        rows_of_files.park_name,
        rows_of_files.park_name_norm,
        rows_of_files.visit_kind,
        rows_of_files.visitor_name,
        rows_of_files.visitor_name_hash,
        rows_of_files.visitor_id_number,
        rows_of_files.visitor_id_number_hash,
        rows_of_files.visitor_phone,
        rows_of_files.visitor_phone_hash,
        rows_of_files.visitor_company,
        rows_of_files.people_count,
        rows_of_files.entered_at as entered_on,
        rows_of_files.entered_at_clock as entered_clock,
        rows_of_files.left_at as left_on,
        rows_of_files.left_at_clock as left_clock,
        rows_of_files.purpose,
        rows_of_files.host_person,
        rows_of_files.host_person_hash,
        rows_of_files.permit_no,
        rows_of_files.was_trained,
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
