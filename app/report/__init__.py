"""The annual report: one content model, a PDF of record and an editable Word file."""
