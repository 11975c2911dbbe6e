"""今日: the page that everybody sees first."""
