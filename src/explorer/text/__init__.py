"""Words and nothing else: filters, folding, differences, Markdown, JSON, addresses."""
