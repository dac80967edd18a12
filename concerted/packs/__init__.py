"""The pack of a meeting: agenda and papers on one page and as a PDF, with the same numbers."""
