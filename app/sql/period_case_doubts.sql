-- Fines of a period that the data quality rules call doubtfully large (one row; money in fen).
-- They are counted as they stand: a report says so beside its sums.
select
    count(*) as count_fines,
    coalesce(sum(fine_fen), 0)::bigint as fine_fen
from marts.fct_case_parties as parties
where
    decided_on >= $start and decided_on < $end
    and ($town is null or town = $town)
    and exists (
        from marts.fct_issues as issues
        where
            issues.rule = 'doubtful_value'
            and issues.export = 'cases'
            and issues._file_id = parties._file_id
            and issues._sheet = parties._sheet
            and issues._row_number = parties._row_number
    )
