"""Chat measured: sixty questions and commands of the project's own, labelled with the tool each should lead to."""
