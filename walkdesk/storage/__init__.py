"""Keys, encrypted databases, trail, migrations and wiping."""
