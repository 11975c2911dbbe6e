"""提供・持出し: the register of everything that leaves."""
