"""From messy office ledgers to clean tables, checked indicators and a report whose every number leads to its cell."""

__version__ = "0.1.0"
