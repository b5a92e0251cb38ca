"""Values, arithmetic and rules of the field: no file, clock, session, Qt or third-party machinery."""
