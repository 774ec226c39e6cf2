{{ subject_labels('enterprise', ref('int_enterprise_identities'), ref('int_enterprise_edges')) }}
