"""The contract between every source and every number: canonical tables, the book, how it is built and stored."""
