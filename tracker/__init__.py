"""Case Tracker: an offline ledger and statistics program for labour-rights offices."""

__version__ = "0.1.0"
