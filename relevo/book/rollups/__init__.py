"""What is computed once per book so that every measure is small: calendars, rates, run-rate, movements, traits."""
