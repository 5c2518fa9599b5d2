"""The only place that knows SQLAlchemy: rows, mapping, repositories, unit of work, migrations."""
