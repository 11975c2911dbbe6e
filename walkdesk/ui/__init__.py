"""The window: Qt, no keys, no database."""
