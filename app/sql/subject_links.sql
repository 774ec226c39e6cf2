-- Names and codes as written, and the subject each was linked to.
with subjects as (
    select 'park' as subject, park_id as subject_id, park_name as subject_name, is_provisional
    from marts.dim_parks
    union all
    select 'enterprise', enterprise_id, enterprise_name, is_provisional
    from marts.dim_enterprises
)

select
    links.subject, links.name, links.town, links.uscc, links.linked_by, subjects.subject_name,
    subjects.is_provisional, links.count_rows, links.known_from,
    count(*) over () as count_all
from marts.fct_subject_links as links
-- a link to a subject that left the marts is still shown
left join subjects
    on links.subject = subjects.subject and links.subject_id = subjects.subject_id
where
    (len($ways) = 0 or list_contains($ways, links.linked_by))
    and (
        $text = ''
        or contains(lower(coalesce(links.name, '')), lower($text))
        or contains(lower(coalesce(subjects.subject_name, '')), lower($text))
    )
order by links.subject, subjects.subject_name, links.linked_by, links.name, links.identity
limit $limit
