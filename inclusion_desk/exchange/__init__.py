"""What comes in or goes out as data."""
