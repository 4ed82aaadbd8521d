"""From statements to ties: what holds on a day, as known on another. Pure: rows in, rows out."""
