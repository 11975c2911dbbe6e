"""出口: the only place in the window that writes a file or prints.

``exits.py`` takes ``FreePaper``, ``FreeFile`` and ``Released`` and nothing else; a test forbids the ways around it
everywhere else in ``walkdesk/ui``.
"""
