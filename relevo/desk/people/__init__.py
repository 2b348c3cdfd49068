"""Who may enter, by which link, and what each of them did."""
