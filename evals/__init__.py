"""The answer-accuracy suite. What comes: a question set over the seeds, scorers, reports."""
