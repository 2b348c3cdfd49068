"""CSV and Parquet files: the canonical folder (`customer.csv`, ...) and any file through a mapping of `relevo.toml`.

discover   which file feeds which table, and what nobody maps
mapping    the `[[source]]` entries of relevo.toml, checked
opening    bytes to text: compression, byte order marks, encodings
lines      text to rows: every physical line is read exactly or reported
staging    a file as a relation of text columns with line numbers
transform  a mapping as SQL
checks     text to typed values as SQL: what does not fit is named, never changed
read       a job from bytes to the landing
sniff      how a file is written where nobody says
"""
