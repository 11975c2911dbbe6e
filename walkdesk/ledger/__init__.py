"""The evidence: an append-only chain, its signatures, checkpoints, certificates and their verification."""
