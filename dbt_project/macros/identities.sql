{#- Row-local identities, as the rules file and fct_subject_links write them (exports.md 9.4.3). -#}

{% macro enterprise_identity(name_norm, town, uscc, code='cast(null as varchar)') -%}
    case
        when {{ name_norm }} is not null then {{ name_norm }} || '|' || coalesce({{ town }}, '')
        when {{ uscc }} is not null then 'uscc:' || {{ uscc }}
        when {{ code }} is not null then 'code:' || {{ code }}
    end
{%- endmacro %}

{% macro park_identity(code, name_norm, town) -%}
    case
        when {{ code }} is not null then 'code:' || {{ code }}
        when {{ name_norm }} is not null then {{ name_norm }} || '|' || coalesce({{ town }}, '')
    end
{%- endmacro %}

{#- A town's name without the word that says what kind of place it is. -#}
{% macro town_stem(town) -%}
    coalesce(nullif(regexp_replace(
        {{ town }}, '(街道办事处|街道|经济技术开发区|经济开发区|高新区|开发区|镇|乡)$', ''
    ), ''), {{ town }})
{%- endmacro %}

{#- What is left of a normalised name without place names and company-form words; the name itself
    when nothing is left. `town` is the row's own town. Source: exports.md 9.5. -#}
{% macro name_core(name_norm, town) -%}
    coalesce(nullif({{ replaced_all(
        "replace(" ~ name_norm ~ ", " ~ town_stem("coalesce(" ~ town ~ ", '　')") ~ ", '')",
        place_and_form_words()
    ) }}, ''), {{ name_norm }})
{%- endmacro %}

{#- Pattern of company-form words and place names, as an SQL text. -#}
{% macro place_and_form_words() -%}
        '(有限责任公司|股份有限公司|有限公司|有限合伙|合伙企业|个体工商户|分公司|公司|集团|商行|经营部|加工厂|工厂|厂'
        || '|江苏省?|浙江省?|上海市?|安徽省?|山东省?|中国'
        || '|南京市?|无锡市?|徐州市?|常州市?|苏州市?|南通市?|连云港市?|淮安市?|盐城市?|扬州市?|镇江市?'
        || '|泰州市?|宿迁市?|吴江区?|张家港市?|太仓市?|昆山市?|常熟市?|铜山区?)'
{%- endmacro %}
