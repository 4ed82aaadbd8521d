"""Who is who: canonical ids from what people judged to be the same. Pure: judgements in, a mapping out."""
