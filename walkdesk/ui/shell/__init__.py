"""The shell around the desks: top bar, rail, pages, status line; the link to the room; the lock."""
