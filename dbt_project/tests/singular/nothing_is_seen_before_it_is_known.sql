-- A returned row means: features count a visit of a month in which no visit of that replay was
-- known yet.
select features.replay, features.as_of_on, sum(features.visits_all) as count_visits
from {{ ref('fct_park_features') }} as features
cross join {{ ref('int_as_of') }} as as_of
where features.visits_all > 0
    and {{ month_index('features.as_of_on') }} < case
        when features.replay = 'as_published' then as_of.first_published_month
        else as_of.first_happened_month
    end
group by features.replay, features.as_of_on
