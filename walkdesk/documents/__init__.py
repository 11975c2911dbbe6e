"""Papers: data in, PDF bytes out, in memory."""
