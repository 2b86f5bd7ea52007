"""The public API: the same answers as the pages, as JSON, CSV, Parquet and Arrow."""
