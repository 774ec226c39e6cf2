{{ subject_links(
    'p', 'park', ref('int_park_identities'), ref('int_park_labels'), ref('int_park_names')
) }}
