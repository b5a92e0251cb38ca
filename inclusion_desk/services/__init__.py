"""Use cases: each a function that reads, asks the domain, writes, and says what changed."""
