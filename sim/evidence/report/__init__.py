"""All evidence on one page, as Markdown and as HTML, with its plots."""
