"""監査: contracts, certificates and the ledger. No participant's data is shown on these pages."""
