"""The rules of the work: pure values and functions, the standard library only, never the clock."""
