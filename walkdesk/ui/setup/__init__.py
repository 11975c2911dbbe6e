"""The guide for the first start of an office."""
