"""Dagster assets: thin shells around the rooms."""
