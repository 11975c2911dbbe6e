"""The own account: who the program takes the person for, and the password."""
