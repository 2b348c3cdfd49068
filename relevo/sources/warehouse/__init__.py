"""Tables of a warehouse as a source: copied as they are at one moment, then read as raw tables of the system said.

address   a DSN: a DuckDB file, PostgreSQL, a folder of Parquet files; its password is never shown
tables    what a warehouse is asked
duck      a DuckDB file and a folder of Parquet files
postgres  PostgreSQL
shape     where the fields of a raw table stand in the objects of an API
shapes    that for each system
loaders   how Fivetran, Airbyte and dlt land objects
normal    the raw tables of a system as SQL over what is landed
bring     copies them into the work folder of a load, and hashes what they hold
load      all of it, ending in the landing
"""
