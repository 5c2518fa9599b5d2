"""Order entry measured: a hundred order texts of the project's own, labelled before there was a reader."""
