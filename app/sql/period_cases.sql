-- Cases filed and decided in a period and the penalties of those decided (one row; money in fen).
select
    count(*) filter (where filed_on >= $start and filed_on < $end) as count_filed,
    count(*) filter (where is_decided) as count_decided,
    count(*) filter (where is_decided and cause_kind = '事前') as count_before,
    count(*) filter (where is_decided and cause_kind = '事故') as count_after,
    count(*) filter (where is_decided and is_double_penalty) as count_double,
    count(*) filter (where is_decided and is_offsite) as count_offsite,
    count(*) filter (where is_decided and had_hearing) as count_hearing,
    coalesce(sum(fine_fen) filter (where is_decided), 0)::bigint as fine_fen,
    coalesce(sum(person_fine_fen) filter (where is_decided), 0)::bigint as person_fine_fen,
    coalesce(sum(total_fine_fen) filter (where is_decided), 0)::bigint as total_fine_fen,
    coalesce(sum(confiscated_fen) filter (where is_decided), 0)::bigint as confiscated_fen,
    coalesce(sum(exempted_fen) filter (where is_decided), 0)::bigint as exempted_fen
from (
    select *, coalesce(decided_on >= $start and decided_on < $end, false) as is_decided
    from marts.fct_cases
    where $town is null or town = $town
) as cases
