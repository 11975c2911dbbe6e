"""Imports (取込み): a file is shown first, with a reason for every row that stops, and taken afterwards."""
