"""Files of other systems, in and out: what was read, row by row, and why a row was refused."""
