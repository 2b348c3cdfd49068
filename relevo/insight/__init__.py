"""What mixes crafts on purpose: answers that need sales, support, product and money at once."""
