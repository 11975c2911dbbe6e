"""消去: from the delivered report to the certificate."""
