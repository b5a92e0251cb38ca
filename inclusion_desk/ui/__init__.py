"""The window: a generic table, a generic form, one page per subject; the only package that knows Qt."""
