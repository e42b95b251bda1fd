"""Words and nothing else: filters, folding, differences, Markdown, addresses."""
