"""The pages of eligibility: each writes its own stage and leaves the reckoning to the modules beside."""
