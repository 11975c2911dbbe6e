"""What a window may ask and what it gets back: frozen dataclasses, one module per desk."""
