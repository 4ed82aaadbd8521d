"""Review: from claims that a machine proposes to statements that a person stands by. Pure: values in, values out."""
