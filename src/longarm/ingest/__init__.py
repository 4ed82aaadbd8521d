"""From files to facts: whatever is handed in becomes documents and statements with their evidence, or a reject."""
