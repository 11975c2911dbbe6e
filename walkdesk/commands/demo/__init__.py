"""``walkdesk demo``: a practice office plays one contract's whole year and holds what it leaves against the rules."""
