"""The report's chapters: questions to the snapshot into sentences, tables and figures."""
