-- The ranked parks that pass the filters; text is sought in name, code, address and tenants.
select
    ranking.rank,
    ranking.score as risk_score,
    ranking.park_id,
    ranking.park_name,
    ranking.town,
    ranking.park_kind,
    ranking.count_tenants,
    ranking.last_inspected_on,
    ranking.hazards_serious_12m,
    ranking.hazards_open,
    ranking.hazards_overdue,
    ranking.floor_area_m2,
    parks.park_code
from marts.rpt_park_ranking as ranking
inner join marts.dim_parks as parks on ranking.park_id = parks.park_id
where
    (len($towns) = 0 or list_contains($towns, coalesce(ranking.town, '?')))
    and (len($kinds) = 0 or list_contains($kinds, coalesce(ranking.park_kind, '?')))
    and (
        $text = ''
        or contains(lower(ranking.park_name), lower($text))
        or contains(lower(coalesce(parks.park_code, '')), lower($text))
        or contains(lower(coalesce(parks.address, '')), lower($text))
        or ranking.park_id in (
            select park_id
            from marts.fct_leases
            where is_current and contains(lower(tenant_name), lower($text))
        )
    )
order by ranking.rank, ranking.park_id
