with rows_of_files as (
    select * from {{ source('raw', 'cases') }}
),

names_of_files as (
    select * from {{ ref('stg_ops__file_names') }}
),

renamed as (
    select
        rows_of_files.case_no as case_code,
        rows_of_files.decision_no,
        rows_of_files.party_name,
        rows_of_files.party_name_norm,
        rows_of_files.party_kind,
        rows_of_files.uscc,
        rows_of_files.party_enterprise,
        rows_of_files.party_enterprise_norm,
        rows_of_files.person_name,
        rows_of_files.person_name_hash,
        rows_of_files.person_fine as person_fine_fen,
        rows_of_files.fine as fine_fen,
        rows_of_files.confiscated as confiscated_fen,
        rows_of_files.exempted as exempted_fen,
        rows_of_files.cause,
        rows_of_files.cause_kind,
        rows_of_files.legal_basis,
        rows_of_files.procedure,
        rows_of_files.disposition as case_disposition,
        rows_of_files.filed_on,
        rows_of_files.decided_on,
        rows_of_files.closed_on,
        rows_of_files.published_on,
        rows_of_files.publish_until,
        rows_of_files.is_double_penalty as is_double_penalty_claimed,
        rows_of_files.had_hearing,
        rows_of_files.origin,
        rows_of_files.is_offsite,
        rows_of_files.accident_no as accident_code,
        rows_of_files.inspection_id as inspection_code,
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
