"""What is measured: clean tables in, Measured out, each with its card."""
