"""The company pack: a folder of CSV files read, mapped and validated into a Company."""
