"""One function per chart: Measured in, Figure out."""
