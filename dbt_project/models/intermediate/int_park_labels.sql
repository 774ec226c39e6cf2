{{ subject_labels('park', ref('int_park_identities'), ref('int_park_edges')) }}
