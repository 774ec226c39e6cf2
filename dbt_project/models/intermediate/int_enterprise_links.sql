{{ subject_links(
    'e', 'enterprise', ref('int_enterprise_identities'),
    ref('int_enterprise_labels'), ref('int_enterprise_names')
) }}
