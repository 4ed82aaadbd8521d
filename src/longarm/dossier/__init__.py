"""From a report to what people read: the same view on the terminal and on the page. No sentence says more than its
finding."""
