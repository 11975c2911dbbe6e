"""The look of every window.

Tokens, theme, icons and the parts that pages are made of (``resources`` hold the icons).
"""
