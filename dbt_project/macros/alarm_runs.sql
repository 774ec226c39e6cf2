{#-
    alarm_runs: of the readings of each series, those that stay near an alarm, in runs.

    In: a relation with the series' key columns, observed_second, value, reaches_1, reaches_2 (at
    set point 1, 2), stays (at the hysteresis share of set point 1), most_gap_seconds (the gap
    that still touches). One row a series and instant, values never null.
    Out: one row for each reading that stays: keys, observed_second, value, reaches_1, run_second
    (first reading of its run), started_second (first of two neighbours at set point 1; null = the
    run holds no episode), reaches_2_twice (with the next reading, at set point 2).
    The episode of a run is its readings from started_second on; a reading at set point 1 outside
    is a spike. Source: exports.md 9.6.
-#}
{% macro alarm_runs(readings, keys) -%}
(
    select
        {{ keys | join(', ') }}, observed_second, value, reaches_1,
        min(observed_second) over one_run as run_second,
        min(case when reaches_1_twice then observed_second end) over one_run as started_second,
        reaches_2_twice
    from (
        select
            *,
            reaches_1 and coalesce(lead(reaches_1) over run_rows, false) as reaches_1_twice,
            reaches_2 and coalesce(lead(reaches_2) over run_rows, false) as reaches_2_twice
        from (
            select
                *,
                sum(begins_run) over (
                    partition by {{ keys | join(', ') }} order by observed_second
                    rows between unbounded preceding and current row
                ) as run
            from (
                select
                    *,
                    case
                        when lag(stays) over series_rows
                            and observed_second - lag(observed_second) over series_rows
                            <= most_gap_seconds
                            then 0
                        else 1
                    end as begins_run
                from {{ readings }}
                window series_rows as (
                    partition by {{ keys | join(', ') }} order by observed_second
                )
            ) as linked
            where stays
        ) as numbered
        window run_rows as (partition by {{ keys | join(', ') }}, run order by observed_second)
    ) as paired
    window one_run as (partition by {{ keys | join(', ') }}, run)
)
{%- endmacro %}

{#- alarm_sides: readings with their set points, as alarm_runs reads them. Oxygen is an alarm on
    both sides, strictly beyond its set points; everything else at or above them. -#}
{% macro alarm_sides(readings, keys) -%}
(
    select
        {{ keys | join(', ') }}, 'high' as side, observed_second, value, most_gap_seconds,
        case when is_oxygen then value > set_1 else value >= set_1 end as reaches_1,
        coalesce(case when is_oxygen then value > set_2 else value >= set_2 end, false)
            as reaches_2,
        value >= keep_1 as stays
    from {{ readings }}
    where value is not null and set_1 is not null
    union all
    select
        {{ keys | join(', ') }}, 'low', observed_second, value, most_gap_seconds,
        value < low_1,
        coalesce(value < low_2, false),
        value <= keep_low
    from {{ readings }}
    where value is not null and low_1 is not null
)
{%- endmacro %}
