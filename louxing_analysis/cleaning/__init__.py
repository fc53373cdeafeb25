"""Workbooks as received become clean tables; nothing personal leaves this folder."""
