"""What can be done without the window: demo, verify, doctor."""
