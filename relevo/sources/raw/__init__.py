"""Raw tables of the systems a company has, and how they become rows of the book.

A source yields raw tables, as files of an export or tables of a warehouse; a system says which tables it has and how
they fill the book.

model      what a system declares: fields, raw tables, recipes
headings   one heading in its many spellings
recognise  which raw table a header is
facts      what only a whole column tells: the order of day and month, the sign before decimals
typed      a field as SQL: its value, and whether its text is none
recipes    a recipe as SQL over the raw tables that are there
load       all of it, ending in the landing
"""
