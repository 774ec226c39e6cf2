"""Typing of text cells, one kind of value a module. Source: exports.md 9.2."""
