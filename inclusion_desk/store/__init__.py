"""The only place that knows SQLAlchemy: tables, engine, migrations, one file of queries per subject."""
