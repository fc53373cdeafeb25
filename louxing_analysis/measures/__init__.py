"""Statistics on plain one-dimensional arrays: numbers in, estimates with their errors out; it knows no ledger."""
