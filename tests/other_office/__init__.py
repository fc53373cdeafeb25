"""A second made-up district, written by another hand than louxing_analysis/sample: an examiner of the cleaning.

It was written from the data dictionary alone, before the project's own sample was read, so that the cleaner is not marked
by somebody who shares its habits. Everything in it is made up.
"""
