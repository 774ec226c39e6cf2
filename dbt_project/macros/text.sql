{#- Small text expressions; engine-specific spellings live here. -#}

{#- A text without every match of a regular expression. -#}
{% macro replaced_all(text, pattern) -%}
    regexp_replace({{ text }}, {{ pattern }}, '', 'g')
{%- endmacro %}

{#- Text as compared between versions: full-width forms folded, all white space out
    (exports.md 9.2: equality ignores case of width and all white space). -#}
{% macro comparable_text(text) -%}
    {{ replaced_all(
        "translate(" ~ text ~ ", '" ~ full_width() ~ "', '" ~ half_width() ~ "')",
        "'[\\s\\x{3000}\\x{00a0}]'"
    ) }}
{%- endmacro %}

{% macro full_width() -%}
    ！＂＃＄％＆（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～
{%- endmacro %}

{% macro half_width() -%}
    !"#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~
{%- endmacro %}

{#- Distinct texts of a group joined by ` | `, in order. -#}
{% macro joined_texts(column) -%}
    string_agg(distinct {{ column }}, ' | ' order by {{ column }})
{%- endmacro %}

{#- Short, stable text id of a text: a letter that says the kind and 12 hex digits. -#}
{% macro short_id(letter, text) -%}
    '{{ letter }}' || substr(md5({{ text }}), 1, 12)
{%- endmacro %}

{#- Whether a sheet's column list `,a,b,` names a column. -#}
{% macro sheet_has(column_name) -%}
    position(',{{ column_name }},' in _columns) > 0
{%- endmacro %}

{#- A name as the marts may show it: of a person only the first character. -#}
{% macro organisation_name(name, kind) -%}
    case when {{ kind }} = '个人' then substr({{ name }}, 1, 1) || '*' else {{ name }} end
{%- endmacro %}

{#- Id of a row's key inside its source system. -#}
{% macro row_id(letter, relation) -%}
    {{ short_id(letter, relation ~ ".source_system || '|' || " ~ relation ~ "._key") }}
{%- endmacro %}

{#- What the first row of a group says of a column, else what any other row says. -#}
{% macro first_told(column, position) -%}
    coalesce(min(case when {{ position }} = 1 then {{ column }} end), min({{ column }}))
{%- endmacro %}
