{#-
    Grade of an accident: the worst that deaths (people), serious injuries (people) or direct loss
    (fen) reach; what is unknown decides nothing, null when all three are.
    Source: 生产安全事故报告和调查处理条例 (国务院令493) Art 3, where 以上 includes the number and
    以下 excludes it.
-#}
{% macro accident_grade(deaths, serious_injuries, direct_loss_fen) -%}
    case
        when {{ deaths }} >= 30 or {{ serious_injuries }} >= 100
            or {{ direct_loss_fen }} >= {{ yuan(100000000) }} then '特别重大'
        when {{ deaths }} >= 10 or {{ serious_injuries }} >= 50
            or {{ direct_loss_fen }} >= {{ yuan(50000000) }} then '重大'
        when {{ deaths }} >= 3 or {{ serious_injuries }} >= 10
            or {{ direct_loss_fen }} >= {{ yuan(10000000) }} then '较大'
        when coalesce({{ deaths }}, {{ serious_injuries }}, {{ direct_loss_fen }}) is not null
            then '一般'
    end
{%- endmacro %}

{#- Yuan in fen, the unit of stored money. -#}
{% macro yuan(amount) -%} {{ amount * 100 }} {%- endmacro %}
