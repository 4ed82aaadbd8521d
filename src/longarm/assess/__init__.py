"""From sets of worlds to findings: rungs, confidence, bounds, paths, cuts, what stands beside. No score is made here
that `reach` did not compute."""
