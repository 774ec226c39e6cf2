"""Bytes into typed rows in the lake: one verb a file."""
