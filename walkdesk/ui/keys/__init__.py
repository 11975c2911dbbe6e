"""鍵の管理: who can open a contract, its token's day, the recovery sheets, and new keys."""
