"""手引: the manual, one section a desk."""
