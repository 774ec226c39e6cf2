with rows_of_files as (
    select * from {{ source('raw', 'parks') }}
),

names_of_files as (
    select * from {{ ref('stg_ops__file_names') }}
),

renamed as (
    select
        rows_of_files.park_id as park_code,
        rows_of_files.park_name,
        rows_of_files.park_name_norm,
        rows_of_files.park_kind,
        rows_of_files.lessor_name,
        rows_of_files.lessor_name_norm,
        rows_of_files.lessor_uscc,
        rows_of_files.lessor_kind,
        rows_of_files.manager_name,
        rows_of_files.manager_name_hash,
        rows_of_files.manager_phone,
        rows_of_files.manager_phone_hash,
        rows_of_files.address,
        rows_of_files.longitude,
        rows_of_files.latitude,
        rows_of_files.longitude_wgs84,
        rows_of_files.latitude_wgs84,
        rows_of_files.crs,
        rows_of_files.land_area as land_area_m2,
        rows_of_files.floor_area as floor_area_m2,
        rows_of_files.building_count,
        rows_of_files.tenant_count as count_tenants_claimed,
        rows_of_files.fire_class,
        rows_of_files.has_sandwich_panel,
        rows_of_files.is_three_in_one,
        rows_of_files.has_hazchem_store,
        rows_of_files.listed_on,
        rows_of_files.improved_on,
        rows_of_files.delisted_on,
        rows_of_files.park_status,
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
