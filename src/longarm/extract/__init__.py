"""From a text to claims: its lines by kind, who says what, how it is put, and when."""
