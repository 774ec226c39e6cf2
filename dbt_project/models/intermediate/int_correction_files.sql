-- files that only put right what older files said: they say nothing about how far the data reach
select distinct _file_id
from {{ ref('stg_ops__sheets') }}
where position('纠错编号' in columns_extra) > 0
