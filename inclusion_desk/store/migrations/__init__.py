"""The revisions of the schema, each frozen as it was released."""

TETE = "0004"
"""The newest revision this program knows."""

CONNUES = ("0001", "0002", "0003", "0004")
"""Every revision ever released, oldest first."""
