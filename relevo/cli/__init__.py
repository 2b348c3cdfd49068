"""The command line: the same answers as the pages and the API, printed. stdout carries the answer, stderr the rest."""
