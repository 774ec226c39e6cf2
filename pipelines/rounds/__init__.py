"""Rounds of visits: read the published cohort, draw, record, write the workbook, verify."""
