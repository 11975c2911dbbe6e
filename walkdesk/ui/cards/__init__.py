"""台紙入力: a month's card, day by day from the numeric pad."""
