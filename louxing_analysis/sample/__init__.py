"""A made-up district with its truth, written out as messy workbooks."""
