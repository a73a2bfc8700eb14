"""The vocabulary in which ledgers and figures are declared; standard library only."""
