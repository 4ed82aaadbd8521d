"""Who controls whom, by every accepted method side by side: pure functions over a list of holdings."""
