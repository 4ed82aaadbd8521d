"""The words of longarm: tables, statements, ties, grades, dates. No stage is known here, and no file."""
