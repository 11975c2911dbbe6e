"""The registers desk (台帳)."""
