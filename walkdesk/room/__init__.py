"""The vault room: the child process that holds keys and database, and the pipe to it."""
