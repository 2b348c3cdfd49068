"""What runs without a person looking: loading, building and publishing. The clock is read here and not below."""
