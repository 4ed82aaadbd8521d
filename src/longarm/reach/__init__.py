"""The calculation: possible worlds, power, means, and where they meet. Pure: values in, values out."""
