"""A study as one page that needs nothing else: `Study.report`."""
