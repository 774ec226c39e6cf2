with as_of as (
    select * from {{ ref('int_as_of') }}
),

files as (
    select * from {{ ref('dim_files') }}
),

-- a file is of the month its data are of; it arrives when it is first seen
arrivals as (
    select
        ledger.export,
        ledger.source_system,
        {{ month_index('ledger.known_on') }} as month_number,
        ledger.file_name,
        ledger._sheet,
        sheets.filer,
        cast(files.first_seen_at as date) as arrived_on
    from {{ ref('fct_file_ledger') }} as ledger
    inner join files on ledger._file_id = files._file_id
    inner join {{ ref('stg_ops__sheets') }} as sheets
        on ledger._file_id = sheets._file_id and ledger._sheet = sheets._sheet
        and ledger.export = sheets.export
    where ledger.export is not null and ledger.known_on is not null
        and ledger._file_id not in (select _file_id from {{ ref('int_correction_files') }})
),

rules as (
    select export, source_system, coalesce(town, '') as town, due_day, 1 as every_months,
        cast(null as integer) as last_month, true as is_rule
    from {{ ref('stg_ops__rule_expected_files') }}
),

months_met as (
    select distinct arrivals.export, arrivals.source_system, arrivals.month_number
    from arrivals
    cross join as_of
    where arrivals.month_number between as_of.as_of_month - 5 and as_of.as_of_month
),

gaps as (
    select
        *,
        month_number - lag(month_number) over (
            partition by export, source_system order by month_number
        ) as gap
    from months_met
),

-- what came in three of the last six months is expected on, at the pace it kept
habits as (
    select export, source_system, '' as town, 10 as due_day, min(gap) as every_months,
        max(month_number) as last_month, false as is_rule
    from gaps
    group by export, source_system
    having count(*) >= 3
),

expectations as (
    select * from rules
    union all
    select habits.*
    from habits
    -- left: only habits no rule speaks of are kept
    left join rules
        on habits.export = rules.export and habits.source_system = rules.source_system
    where rules.export is null
),

offsets as (
    select position - 6 as month_offset from {{ ref('int_positions') }}
    where position <= 9
),

months as (
    select
        expectations.*,
        as_of.as_of_month + offsets.month_offset as month_number
    from expectations
    cross join as_of
    cross join offsets
    where expectations.last_month is null
        or (as_of.as_of_month + offsets.month_offset - expectations.last_month)
        % expectations.every_months = 0
),

first_arrivals as (
    select
        months.export, months.source_system, months.town, months.month_number,
        arrivals.arrived_on, arrivals.file_name
    from months
    inner join arrivals
        on months.export = arrivals.export
        and months.source_system = arrivals.source_system
        and months.month_number = arrivals.month_number
    where months.town = ''
        or position(months.town in arrivals.file_name) > 0
        or position(months.town in arrivals._sheet) > 0
        or position(months.town in coalesce(arrivals.filer, '')) > 0
    qualify row_number() over (
        partition by months.export, months.source_system, months.town, months.month_number
        order by arrivals.arrived_on, arrivals.file_name, arrivals._sheet
    ) = 1
)

select
    months.export,
    months.source_system,
    months.town,
    {{ month_end('months.month_number') }} as month_end_on,
    {{ month_end('months.month_number') }} + cast(months.due_day as integer) as due_on,
    months.is_rule,
    first_arrivals.arrived_on,
    first_arrivals.file_name,
    first_arrivals.file_name is null as is_missing
from months
-- left: what has not arrived
left join first_arrivals
    on months.export = first_arrivals.export
    and months.source_system = first_arrivals.source_system
    and months.town = first_arrivals.town
    and months.month_number = first_arrivals.month_number
