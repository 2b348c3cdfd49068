"""Estimators of lifetimes and of scores in context: pure functions of small tables of counts, shared by all measures.

Nothing here knows a book, a customer or an engine. Inputs are sequences of numbers with a count `n` per cell, so that
rows aggregated in an engine suffice and the work does not grow with customers. What is undefined is NaN in arrays
(None in cells), never 0. Every estimator names its source and is compared with lifelines' digits in
tests/measures/estimators.
"""
