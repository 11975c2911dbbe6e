"""The contracts desk: prepare one, see what is missing, open it."""
