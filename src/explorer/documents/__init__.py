"""What is said of records: pages, comparisons and briefings, each a sheet of plain data."""
