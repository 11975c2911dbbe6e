"""景品: stock, requests, shipments."""
