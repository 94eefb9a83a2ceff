"""The staff console at /staff: its pages, its words and who may open them."""
