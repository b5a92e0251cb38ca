"""The only place that knows reportlab and openpyxl: a frozen dossier in, bytes out."""
