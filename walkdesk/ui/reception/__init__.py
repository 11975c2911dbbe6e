"""The reception desk: the list of participants, a person's page, corrections and registrations."""
