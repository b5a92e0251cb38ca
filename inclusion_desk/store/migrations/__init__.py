"""The revisions of the schema, each frozen as it was released."""

TETE = "0001"
"""The newest revision this program knows."""

CONNUES = ("0001",)
"""Every revision ever released, oldest first."""
