"""Tables in and out: CSV, TSV, JSONL and Parquet; batches of texts from any container."""
