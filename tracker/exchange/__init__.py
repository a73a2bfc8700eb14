"""Spreadsheets and documents in and out: the only place that knows their libraries."""
