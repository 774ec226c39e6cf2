"""Contracts: what each export looks like, as data."""
