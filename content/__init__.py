"""Education pages: words in Markdown files, turned into finished pages."""
