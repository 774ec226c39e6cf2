"""Clean files made from the contracts, damage done to them, and what must be said of it."""
