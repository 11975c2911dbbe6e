"""文書: letters to the participants, the year's report to the ward."""
