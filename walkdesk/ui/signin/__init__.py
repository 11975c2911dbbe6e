"""The door: staff number, password, token."""
