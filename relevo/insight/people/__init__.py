"""What is known of how people help customers, each angle in its context; no composite is made of them."""
