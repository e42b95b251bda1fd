"""What is kept on disk, and how: whole files, locks, settings, reports of crashes."""
