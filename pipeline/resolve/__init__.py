"""What needs more than the sentence: rooms find, resolvers decide."""
