"""What is alive: the net of liveness from graph and evidence, and the facts that follow from it."""
