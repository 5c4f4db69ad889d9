"""What keeps what alive: a net of numbered nodes, its fixpoint, and the chains through it."""
