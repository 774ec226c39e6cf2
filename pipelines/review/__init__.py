"""The review room: what a person should look at, what they decided, what goes back to a town."""
