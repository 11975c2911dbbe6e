"""walkdesk (ウォークデスク): the office program of the contractor that runs two walking programmes for a Tokyo ward."""

__version__ = "0.1.0"
