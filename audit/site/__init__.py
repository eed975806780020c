"""The pages of one provider together: who speaks where, and which service lines are offered."""
