"""The only place that knows PySide6: a generic table, a generic form, one page per subject."""
