"""The only place that runs SQL; knows the vocabulary, never a particular ledger."""
