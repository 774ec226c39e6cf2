{{ versions('units') }}
