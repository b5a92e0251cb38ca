"""The triggers, from one source for both databases: counters, journal, and the protection of acts."""
