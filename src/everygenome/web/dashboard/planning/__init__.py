"""Planning: what a call would change before it is made, and what an award reports at its end."""
