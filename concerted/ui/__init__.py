"""The look of every page: layout, components, forms, error pages, glossary, stylesheet."""
