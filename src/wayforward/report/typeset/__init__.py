"""The report engine: one document, three files. It knows nothing of findings, records or the web."""
