"""The way out: small counts hidden, exhibits written, one model, several documents."""
