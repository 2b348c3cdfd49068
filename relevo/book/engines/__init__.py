"""Other engines than DuckDB: a book is carried to them once, then its measures run where the data are."""
