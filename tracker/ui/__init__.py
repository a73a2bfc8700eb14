"""The window: the only place, beside `tracker.app`, that knows PySide6."""
