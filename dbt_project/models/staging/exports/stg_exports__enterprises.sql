with rows_of_files as (
    select * from {{ source('raw', 'enterprises') }}
),

names_of_files as (
    select * from {{ ref('stg_ops__file_names') }}
),

renamed as (
    select
        rows_of_files.enterprise_id as enterprise_code,
        rows_of_files.uscc,
        rows_of_files.enterprise_name,
        rows_of_files.enterprise_name_norm,
        rows_of_files.former_name,
        rows_of_files.former_name_norm,
        rows_of_files.subject_kind,
        rows_of_files.address,
        rows_of_files.longitude,
        rows_of_files.latitude,
        rows_of_files.longitude_wgs84,
        rows_of_files.latitude_wgs84,
        rows_of_files.crs,
        rows_of_files.park_name,
        rows_of_files.park_name_norm,
        rows_of_files.industry_code,
        rows_of_files.industry_name,
        rows_of_files.scale,
        rows_of_files.employee_count,
        rows_of_files.legal_person,
        rows_of_files.legal_person_hash,
        rows_of_files.safety_contact,
        rows_of_files.safety_contact_hash,
        rows_of_files.phone,
        rows_of_files.phone_hash,
        rows_of_files.production_status,
        rows_of_files.registered_on,
        rows_of_files.closed_on,
        rows_of_files.is_key_unit,
        rows_of_files.is_risk_report_scope,
        rows_of_files.risk_reported_on,
        rows_of_files.major_risk_count,
        rows_of_files.has_dust,
        rows_of_files.has_confined_space,
        rows_of_files.has_ammonia,
        rows_of_files.uses_hazchem,
        rows_of_files.major_hazard_source,
        rows_of_files.platform_connected_on,
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
