"""Orchestration and ingestion: the only Python that writes a lake or a warehouse."""
